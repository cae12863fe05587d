#!/bin/sh
# Puts the service into an AWS account, or brings what is there up to date.
#   deploy/deploy.sh [Name=Value …]    parameters of template.yaml; what is not named stays as it was
# In the environment:
#   STACK=thumbnails     the stack's name; one account can have several
#   AWS_PROFILE, AWS_REGION, …         as the aws command takes them
#   IMAGE_TOOL=podman    docker or podman, where both are there
#   REBUILD=yes          builds the worker's image although there is one of this commit, to get its base's newest fixes
set -eu
cd "$(dirname "$0")/.."
. deploy/common.sh

# Has the .NET SDK and a linker on Amazon Linux 2023, which provided.al2023 is.
build_image=${BUILD_IMAGE:-public.ecr.aws/sam/build-dotnet10:latest-x86_64}
platform=linux/amd64

for parameter in "$@"; do
    case $parameter in
        [A-Z]*=*) grep -q "^  ${parameter%%=*}:\$" deploy/template.yaml || fail "$parameter: template.yaml has no such parameter." ;;
        *) fail "$parameter: parameters are given as Name=Value, such as AlarmEmail=you@example.com." ;;
    esac
done

find_tool() {
    for tool in ${IMAGE_TOOL:-docker podman}; do
        # A client is not enough: its daemon must answer.
        if command -v "$tool" >/dev/null 2>&1 && "$tool" info >/dev/null 2>&1; then
            return
        fi
    done
    fail "The worker's image and the function are built in containers: ${IMAGE_TOOL:-docker or podman} must be installed, and running."
}

# Where this commit's image is there already, it is the one that was tested; so going back to a commit goes back to its image.
find_version() {
    version=$(git rev-parse --short=12 HEAD 2>/dev/null || echo unversioned)
    if [ -n "${REBUILD:-}" ] || [ "$version" = unversioned ] || [ -n "$(git status --porcelain)" ]; then
        version=$version-$(date -u +%Y%m%dT%H%M%SZ)
    fi
}

make_repository() {
    aws ecr describe-repositories --repository-names "$repository" >/dev/null 2>&1 || {
        say "Creating the repository $repository"
        aws ecr create-repository --repository-name "$repository" --image-tag-mutability IMMUTABLE \
            --image-scanning-configuration scanOnPush=true >/dev/null
    }
    aws ecr put-lifecycle-policy --repository-name "$repository" --lifecycle-policy-text \
        '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":30},"action":{"type":"expire"}}]}' >/dev/null
}

find_digest() {
    aws ecr describe-images --repository-name "$repository" --image-ids "imageTag=$version" \
        --query 'imageDetails[0].imageDigest' --output text 2>/dev/null
}

push_image() {
    say "Building the worker's image, $repository:$version"
    IMAGE_TOOL=$tool VERSION=$version IMAGE_ARGS="--platform $platform ${IMAGE_ARGS:-}" deploy/image/build-image.sh >&2
    aws ecr get-login-password | "$tool" login --username AWS --password-stdin "$registry" >&2
    "$tool" tag "thumbnails-worker:$version" "$registry/$repository:$version"
    "$tool" push "$registry/$repository:$version" >&2
}

build_function() {
    say "Building the function in $build_image"
    mkdir -p artifacts/function
    nuget=
    [ ! -f NuGet.config ] || nuget=NuGet.config
    # Through a pipe, so that it does not matter where the containers run, and as whom. A pipe hides who failed: hence the file.
    # shellcheck disable=SC2086  # a name, or nothing
    tar -cf artifacts/function/source.tar --exclude bin --exclude obj .editorconfig global.json Directory.Build.props Directory.Packages.props $nuget src
    "$tool" run --rm -i --platform $platform --entrypoint sh "$build_image" -c "$(cat deploy/build-function.sh)" \
        <artifacts/function/source.tar >artifacts/function/function.zip.part
    mv artifacts/function/function.zip.part artifacts/function/function.zip
}

make_artifacts_bucket() {
    aws s3api head-bucket --bucket "$artifacts" >/dev/null 2>&1 && return
    say "Creating the bucket $artifacts for what is deployed"
    if [ "$region" = us-east-1 ]; then
        aws s3api create-bucket --bucket "$artifacts" >/dev/null
    else
        aws s3api create-bucket --bucket "$artifacts" --create-bucket-configuration "LocationConstraint=$region" >/dev/null
    fi
    aws s3api put-public-access-block --bucket "$artifacts" --public-access-block-configuration \
        BlockPublicAcls=true,BlockPublicPolicy=true,IgnorePublicAcls=true,RestrictPublicBuckets=true
}

# ECS works in an account through a role that its first user must create.
make_ecs_role() {
    aws iam get-role --role-name AWSServiceRoleForECS >/dev/null 2>&1 ||
        aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com >/dev/null ||
        say "The role AWSServiceRoleForECS could not be looked at nor created; going on as if it were there."
}

deploy_stack() {
    aws cloudformation package --template-file deploy/template.yaml --s3-bucket "$artifacts" --s3-prefix function \
        --output-template-file artifacts/function/template.yaml >/dev/null
    say "Deploying the stack $stack; the first time takes some minutes"
    aws cloudformation deploy --stack-name "$stack" --template-file artifacts/function/template.yaml --capabilities CAPABILITY_IAM \
        --no-fail-on-empty-changeset --parameter-overrides "WorkerRepository=$repository" "WorkerDigest=$digest" "$@" >&2 || {
        say_failures
        fail "What failed stands above. A stack that was there before is as it was; a new one must be removed with deploy/destroy.sh."
    }
}

say_address() {
    url=$(output ApiUrl)
    echo
    echo "The API is at $url"
    if [ "$(output Authorization)" = JWT ]; then
        echo "    curl -sS -H \"Authorization: Bearer \$TOKEN\" $url/readyz"
    else
        # shellcheck disable=SC2016  # for the reader's shell
        echo '    eval "$(aws configure export-credentials --format env)"'
        echo "    curl -sS --aws-sigv4 aws:amz:$region:execute-api --user \"\$AWS_ACCESS_KEY_ID:\$AWS_SECRET_ACCESS_KEY\" \\"
        echo "        \${AWS_SESSION_TOKEN:+-H \"X-Amz-Security-Token: \$AWS_SESSION_TOKEN\"} $url/readyz"
    fi
    echo "The dashboard is at $(output DashboardUrl)"
}

find_account
find_tool
case $(stack_status) in
    ROLLBACK_COMPLETE | ROLLBACK_FAILED) fail "The stack $stack was never complete. Remove it first:  STACK=$stack deploy/destroy.sh" ;;
    *_IN_PROGRESS) fail "Another deployment of $stack is under way." ;;
esac
find_version
make_repository
digest=$(find_digest) || {
    push_image
    digest=$(find_digest) || fail "The registry does not have $repository:$version, although it was pushed."
}
build_function
make_artifacts_bucket
make_ecs_role
deploy_stack "$@"
say_address
