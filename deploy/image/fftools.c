// ffmpeg and ffprobe in one program, so that the libraries they share are linked statically only once.
#include <string.h>

int ffmpeg_main(int argc, char **argv);
int ffprobe_main(int argc, char **argv);

int main(int argc, char **argv)
{
    const char *slash = argc > 0 ? strrchr(argv[0], '/') : NULL;
    const char *name = slash ? slash + 1 : argc > 0 ? argv[0] : "";
    return strcmp(name, "ffprobe") ? ffmpeg_main(argc, argv) : ffprobe_main(argc, argv);
}
