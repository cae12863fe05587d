# Requires the .NET 10 SDK, make and git. Other missing tools are installed with apt-get when run as root, and listed
# otherwise.
.DEFAULT_GOAL := help
.PHONY: help demo run webhooks test bench publish image screenshots deploy destroy format clean programs

# Built programs look for .NET here.
export DOTNET_ROOT ?= $(patsubst %/,%,$(dir $(realpath $(shell command -v dotnet))))
export DOTNET_NOLOGO = 1
export DOTNET_CLI_TELEMETRY_OPTOUT = 1

# Not AOT-compiled, so that the demo needs no linker.
BUILD = dotnet msbuild -restore -v:quiet -nologo -p:Configuration=Release -p:PublishAot=false
BIN = bin/Release/net10.0
API = src/Thumbnails.Api/$(BIN)/Thumbnails.Api
WORKER = src/Thumbnails.Worker/$(BIN)/Thumbnails.Worker

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 16

demo: programs ## run a complete job through the HTTP API   [VIDEO=… POSITION=… OUTPUT=… STORYBOARD=1]
	@echo "building the demo"
	@$(BUILD) samples/Thumbnails.Demo
	@samples/Thumbnails.Demo/$(BIN)/Thumbnails.Demo $(API) $(WORKER) artifacts/demo

run: programs ## run the service at http://127.0.0.1:5080, with its page and Swagger UI
	@echo "open http://127.0.0.1:5080 in a browser; Ctrl+C stops the service"
	@Runner__WorkerPath=$(WORKER) $(API)

webhooks: ## receive, verify and show webhooks, with a secret for `make run`   [URL=… SECRET=…]
	@$(BUILD) samples/Thumbnails.Demo
	@samples/Thumbnails.Demo/$(BIN)/Thumbnails.Demo listen $(URL)

test: ## check the formatting, build, and run every test
	@build/test.sh

bench: publish ## measure the published programs   [WHAT="start memory upload job storyboard lambda"]
	@build/need.sh ffmpeg=ffmpeg
	@$(BUILD) test/Thumbnails.Benchmarks
	@test/Thumbnails.Benchmarks/$(BIN)/Thumbnails.Benchmarks artifacts $(WHAT)

publish: ## compile the API and the worker with Native AOT, to artifacts/
	@build/publish.sh

image: ## build the images thumbnails-worker and thumbnails (API and worker), and print their sizes   [VERSION=…]
	@deploy/image/build-image.sh worker
	@deploy/image/build-image.sh thumbnails

screenshots: publish ## update the screenshots for the README in docs/
	@build/screenshots.sh

deploy: ## deploy to an AWS account, or update a deployment   [STACK=… PARAMETERS="Name=Value …"]
	@deploy/deploy.sh $(PARAMETERS)

destroy: ## delete the deployment from the AWS account, after confirmation   [STACK=…]
	@deploy/destroy.sh

format: ## fix the formatting and style that `make test` checks
	@dotnet format whitespace --folder .
	@dotnet format Thumbnails.sln

clean: ## remove all build output
	@git clean -xdfq -e data

programs:
	@build/need.sh ffmpeg=ffmpeg
	@echo "building the service (a minute or two the first time)"
	@$(BUILD) src/Thumbnails.Api
	@$(BUILD) src/Thumbnails.Worker
