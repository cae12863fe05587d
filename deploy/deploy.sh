#!/bin/sh
# Deploys the service into an AWS account, or updates it there.
#   deploy/deploy.sh [Name=Value …]    parameters of template.yaml; those that are not given keep their values
# In the environment:
#   STACK=thumbnails     the stack's name; an account can have several
#   AWS_PROFILE, AWS_REGION, …         as the aws command reads them
#   IMAGE_TOOL=podman    docker or podman, where both are installed
#   REBUILD=yes          builds the image and the function again, to get the newest fixes of what they are built from
set -eu
cd "$(dirname "$0")/.."
. deploy/common.sh

# Has the .NET SDK and a linker on Amazon Linux 2023, which provided.al2023 is.
build_image=${BUILD_IMAGE:-public.ecr.aws/sam/build-dotnet10:latest-x86_64}
platform=linux/amd64

for parameter in "$@"; do
    case $parameter in
        [A-Z]*=*) grep -q "^  ${parameter%%=*}:\$" deploy/template.yaml || fail "$parameter: template.yaml has no such parameter. deploy/README.md lists them." ;;
        *) fail "$parameter is not a parameter. Give it as Name=Value, such as AlarmEmail=you@example.com." ;;
    esac
done

find_tool() {
    for tool in ${IMAGE_TOOL:-docker podman}; do
        # A client is not enough: its daemon must answer.
        if command -v "$tool" >/dev/null 2>&1 && "$tool" info >/dev/null 2>&1; then
            return
        fi
    done
    fail "The worker's image and the function are built in containers. Install ${IMAGE_TOOL:-docker or podman}, and start it."
}

# A commit that was deployed before is deployed again as it was tested: a rollback builds nothing.
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

fetch_function() {
    mkdir -p artifacts/function
    has_artifacts_bucket &&
        aws s3api get-object --bucket "$artifacts" --key "function/$version.zip" --expected-bucket-owner "$account" \
            artifacts/function/function.zip >/dev/null 2>&1
}

build_function() {
    say "Building the function in $build_image"
    nuget=
    [ ! -f NuGet.config ] || nuget=NuGet.config
    # Through a pipe, which works wherever the containers run, and as whichever user. A pipe hides a failure: hence the file.
    # shellcheck disable=SC2086  # a name, or nothing
    tar -cf artifacts/function/source.tar --exclude bin --exclude obj .editorconfig global.json Directory.Build.props Directory.Packages.props $nuget compat src
    "$tool" run --rm -i --platform $platform --entrypoint sh "$build_image" -c "$(cat deploy/build-function.sh)" \
        <artifacts/function/source.tar >artifacts/function/function.zip.part
    mv artifacts/function/function.zip.part artifacts/function/function.zip
    aws s3api put-object --bucket "$artifacts" --key "function/$version.zip" --expected-bucket-owner "$account" \
        --body artifacts/function/function.zip >/dev/null
}

make_artifacts_bucket() {
    has_artifacts_bucket && return
    say "Creating the bucket $artifacts for the deployed functions"
    if [ "$region" = us-east-1 ]; then
        aws s3api create-bucket --bucket "$artifacts" >/dev/null
    else
        aws s3api create-bucket --bucket "$artifacts" --create-bucket-configuration "LocationConstraint=$region" >/dev/null
    fi || fail "The bucket $artifacts cannot be created. If its name is taken in another account, choose another STACK."
    aws s3api put-public-access-block --bucket "$artifacts" --public-access-block-configuration \
        BlockPublicAcls=true,BlockPublicPolicy=true,IgnorePublicAcls=true,RestrictPublicBuckets=true
}

# ECS works through a role of the account, which the account's first user of ECS must create.
make_ecs_role() {
    aws iam get-role --role-name AWSServiceRoleForECS >/dev/null 2>&1 ||
        aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com >/dev/null ||
        say "The role AWSServiceRoleForECS can be neither read nor created. Continuing as if it existed."
}

# The bucket takes the template as well: CloudFormation takes at most 51,200 bytes of it directly.
deploy_stack() {
    aws cloudformation package --template-file deploy/template.yaml --s3-bucket "$artifacts" --s3-prefix function \
        --output-template-file artifacts/function/template.yaml >/dev/null
    say "Deploying the stack $stack; the first time takes some minutes"
    aws cloudformation deploy --stack-name "$stack" --template-file artifacts/function/template.yaml --capabilities CAPABILITY_IAM \
        --s3-bucket "$artifacts" --s3-prefix template \
        --no-fail-on-empty-changeset --parameter-overrides "WorkerRepository=$repository" "WorkerDigest=$digest" "$@" >&2 || {
        say_failures
        say_way_out
        exit 1
    }
}

say_way_out() {
    case $(stack_status) in
        REVIEW_IN_PROGRESS | NONE) say "The deployment failed before it changed anything. Run it again when the cause is removed." ;;
        ROLLBACK_*) say "The deployment failed; the cause is above. Remove the new stack before the next one:  STACK=$stack deploy/destroy.sh" ;;
        UPDATE_ROLLBACK_FAILED) say_stuck ;;
        *) say "The deployment failed; the cause is above. The stack is as it was before." ;;
    esac
}

# A failed update whose rollback failed too. CloudFormation takes no update until the rollback is complete.
say_stuck() {
    say_failures
    say "An update of $stack failed, and so did its rollback (UPDATE_ROLLBACK_FAILED). Remove the cause above, complete the rollback:"
    say "    aws cloudformation continue-update-rollback --stack-name $stack --region $region"
    say "and deploy again. To leave out a resource that cannot be restored, add  --resources-to-skip NAME ."
}

say_urls() {
    url=$(output ApiUrl)
    echo
    echo "The URL of the API is $url"
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
# REVIEW_IN_PROGRESS is a stack whose first change set failed or was interrupted: the next one continues with it.
case $(stack_status) in
    ROLLBACK_COMPLETE | ROLLBACK_FAILED) fail "The first deployment of the stack $stack failed. Remove it before the next one:  STACK=$stack deploy/destroy.sh" ;;
    UPDATE_ROLLBACK_FAILED) say_stuck; exit 1 ;;
    REVIEW_IN_PROGRESS) ;;
    *_IN_PROGRESS) fail "Another deployment of $stack is in progress. Wait until it has ended." ;;
esac
find_version
digest=$(find_digest) || digest=
has_function=yes
fetch_function || has_function=
[ -n "$digest" ] && [ -n "$has_function" ] || find_tool
make_repository
[ -n "$digest" ] || {
    push_image
    digest=$(find_digest) || fail "The image $repository:$version was pushed, but the registry does not list it. Run the deployment again."
}
make_artifacts_bucket
[ -n "$has_function" ] || build_function
make_ecs_role
deploy_stack "$@"
say_urls
