#!/bin/sh
# Deletes what deploy.sh created, after listing it and asking for confirmation.
#   deploy/destroy.sh [--keep-data]    keeps the bucket with the videos and pictures
# Environment variables: STACK=thumbnails, and those of the aws command.
set -eu
cd "$(dirname "$0")/.."
. deploy/common.sh

keep_data=
case ${1:-} in
    '') ;;
    --keep-data) keep_data=yes ;;
    *) fail "$1 is not an option. The only one is --keep-data." ;;
esac

exists() { "$@" >/dev/null 2>&1; }

# Lists up to 1,000 versions at a time.
list_versions() {
    aws s3api list-object-versions --bucket "$bucket" --max-items 1000 --output json \
        --query '{Objects: [Versions, DeleteMarkers][][].{Key: Key, VersionId: VersionId}}'
}

count_objects() {
    count=$(aws s3api list-object-versions --bucket "$bucket" --max-items 1000 --output json \
        --query 'length([Versions, DeleteMarkers][][].Key)')
    [ "$count" -lt 1000 ] || count="1000 or more"
    echo "$count"
}

say_what() {
    say "This permanently deletes:"
    [ "$status" = NONE ] || say "  - the stack $stack: API, functions, cluster, running jobs, roles, logs, alarms"
    if [ -n "$bucket" ] && [ -n "$keep_data" ]; then
        say "  - not the bucket $bucket, which is kept"
    elif [ -n "$bucket" ]; then
        say "  - the bucket $bucket: all videos, pictures and jobs, with their old versions ($(count_objects) in all)"
    fi
    ! exists aws ecr describe-repositories --repository-names "$repository" || say "  - the repository $repository with all images"
    ! has_artifacts_bucket || say "  - the bucket $artifacts with the deployed functions"
}

stop_tasks() {
    for task in $(aws ecs list-tasks --cluster "$stack" --query 'taskArns[]' --output text 2>/dev/null); do
        case $task in arn:*) aws ecs stop-task --cluster "$stack" --task "$task" --reason "The stack is being deleted" >/dev/null || true ;; esac
    done
}

# A cluster with running tasks cannot be deleted, and the API can start new ones until it is deleted itself.
delete_stack() {
    for attempt in 1 2 3; do
        say "Deleting the stack $stack"
        stop_tasks
        aws cloudformation delete-stack --stack-name "$stack"
        ! aws cloudformation wait stack-delete-complete --stack-name "$stack" || return 0
        say "The stack still exists after attempt $attempt of 3"
    done
    say_failures
    fail "The stack could not be deleted; the cause is above. Nothing else was deleted."
}

delete_bucket() {
    say "Emptying the bucket $bucket"
    batch=$(mktemp)
    trap 'rm -f "$batch"' EXIT
    while list_versions >"$batch" && grep -q '"Key"' "$batch"; do
        aws s3api delete-objects --bucket "$bucket" --delete "file://$batch" >/dev/null
    done
    aws s3api delete-bucket --bucket "$bucket"
}

find_account
status=$(stack_status)
bucket=
if [ "$status" != NONE ]; then
    bucket=$(output BucketName)
    [ "$bucket" != None ] || bucket=
fi
say_what
printf 'Type the name of the stack, %s, to continue: ' "$stack" >&2
read -r answer || answer=
[ "$answer" = "$stack" ] || fail "Nothing was deleted."

# Deleted last, after everything that writes to it.
[ "$status" = NONE ] || delete_stack
[ -z "$bucket" ] || [ -n "$keep_data" ] || delete_bucket
! exists aws ecr describe-repositories --repository-names "$repository" || aws ecr delete-repository --repository-name "$repository" --force >/dev/null
! has_artifacts_bucket || aws s3 rb --force "s3://$artifacts" >/dev/null
say "Done."
