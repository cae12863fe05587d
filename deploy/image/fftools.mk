# Links ffmpeg and ffprobe into one program. Both define main and many other symbols of the same names, so each is linked into
# one object that exports only its main, renamed.
include Makefile

fftools/ffmpeg-alone.o fftools/ffprobe-alone.o: fftools/%-alone.o: fftools-objects
	ld -r -o $@ $(OBJS-$*)
	objcopy --redefine-sym main=$*_main --keep-global-symbol=$*_main $@

fftools-objects: $(OBJS-ffmpeg) $(OBJS-ffprobe)

fftools/thumbnails: fftools/ffmpeg-alone.o fftools/ffprobe-alone.o $(FF_DEP_LIBS)
	$(CC) $(CFLAGS) -c -o fftools/main.o $(TOOLS_MAIN)
	$(LD) $(LDFLAGS) $(LDEXEFLAGS) -o $@ fftools/main.o fftools/ffmpeg-alone.o fftools/ffprobe-alone.o $(FF_EXTRALIBS)

.PHONY: fftools-objects
