#!/bin/sh
# Deploys the service to an AWS account, or updates a deployment.
#   deploy/deploy.sh [Name=Value …]    parameters of template.yaml; omitted parameters keep their values
# Environment variables:
#   STACK=thumbnails     the name of the stack; an account can have several
#   AWS_PROFILE, AWS_REGION, …         as for the aws command
#   IMAGE_TOOL=podman    docker or podman, if both are installed
#   REBUILD=yes          rebuilds the image and the function, to include the latest fixes of their base images
set -eu
cd "$(dirname "$0")/.."
. deploy/common.sh

# Contains the .NET SDK and a linker on Amazon Linux 2023, the OS of provided.al2023.
build_image=${BUILD_IMAGE:-public.ecr.aws/sam/build-dotnet10:latest-x86_64}
platform=linux/amd64

for parameter in "$@"; do
    case $parameter in
        [A-Z]*=*) grep -q "^  ${parameter%%=*}:\$" deploy/template.yaml || fail "$parameter: template.yaml has no such parameter. See deploy/README.md for the list." ;;
        *) fail "$parameter is not a parameter. Use Name=Value, such as AlarmEmail=you@example.com." ;;
    esac
done

find_tool() {
    for tool in ${IMAGE_TOOL:-docker podman}; do
        # The client alone is not enough: its daemon must respond.
        if command -v "$tool" >/dev/null 2>&1 && "$tool" info >/dev/null 2>&1; then
            return
        fi
    done
    fail "The worker's image and the function are built in containers. Install ${IMAGE_TOOL:-docker or podman}, and start it."
}

# A commit that was deployed before is not rebuilt, so a rollback deploys exactly what ran before.
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
    # Standard input works for remote daemons and any user, unlike a mount. A temporary file, because a pipe would hide a failure of tar.
    # shellcheck disable=SC2086  # one name or none
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

# ECS needs a service-linked role, which must exist before the account's first use of ECS.
make_ecs_role() {
    aws iam get-role --role-name AWSServiceRoleForECS >/dev/null 2>&1 ||
        aws iam create-service-linked-role --aws-service-name ecs.amazonaws.com >/dev/null ||
        say "The role AWSServiceRoleForECS can be neither read nor created. Continuing as if it existed."
}

# The template is uploaded to the bucket too: CloudFormation accepts at most 51,200 bytes directly.
deploy_stack() {
    aws cloudformation package --template-file deploy/template.yaml --s3-bucket "$artifacts" --s3-prefix function \
        --output-template-file artifacts/function/template.yaml >/dev/null
    say "Deploying the stack $stack; the first time takes a few minutes"
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
        REVIEW_IN_PROGRESS | NONE) say "The deployment failed before it changed anything. Fix the cause above and run it again." ;;
        ROLLBACK_*) say "The deployment failed; the cause is above. Delete the new stack before you deploy again:  STACK=$stack deploy/destroy.sh" ;;
        UPDATE_ROLLBACK_FAILED) say_stuck ;;
        *) say "The deployment failed; the cause is above. The stack is as it was before." ;;
    esac
}

# An update failed and so did its rollback. CloudFormation accepts no update until the rollback is complete.
say_stuck() {
    say_failures
    say "An update of $stack failed, and so did its rollback (UPDATE_ROLLBACK_FAILED). Fix the cause above, complete the rollback:"
    say "    aws cloudformation continue-update-rollback --stack-name $stack --region $region"
    say "and deploy again. To skip a resource that cannot be restored, add  --resources-to-skip NAME ."
}

say_urls() {
    url=$(output ApiUrl)
    echo
    echo "The URL of the API is $url"
    if [ "$(output Authorization)" = JWT ]; then
        echo "    curl -sS -H \"Authorization: Bearer \$TOKEN\" $url/readyz"
    else
        # shellcheck disable=SC2016  # expanded by the user's shell
        echo '    eval "$(aws configure export-credentials --format env)"'
        echo "    curl -sS --aws-sigv4 aws:amz:$region:execute-api --user \"\$AWS_ACCESS_KEY_ID:\$AWS_SECRET_ACCESS_KEY\" \\"
        echo "        \${AWS_SESSION_TOKEN:+-H \"X-Amz-Security-Token: \$AWS_SESSION_TOKEN\"} $url/readyz"
    fi
    page=$(output PageUrl)
    [ "$page" = None ] || echo "The page is at $page"
    echo "The dashboard is at $(output DashboardUrl)"
}

find_account
# In REVIEW_IN_PROGRESS, the first change set failed or was interrupted; the next one continues with the stack.
case $(stack_status) in
    ROLLBACK_COMPLETE | ROLLBACK_FAILED) fail "The first deployment of the stack $stack failed. Delete it before you deploy again:  STACK=$stack deploy/destroy.sh" ;;
    UPDATE_ROLLBACK_FAILED) say_stuck; exit 1 ;;
    REVIEW_IN_PROGRESS) ;;
    *_IN_PROGRESS) fail "Another deployment of $stack is in progress. Wait for it to finish." ;;
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
