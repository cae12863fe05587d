# Functions shared by deploy.sh and destroy.sh, which source this file.
# shellcheck shell=sh disable=SC2034  # used by those scripts

stack=${STACK:-thumbnails}
export AWS_PAGER='' AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-5}"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# Sets account, region, registry, repository and artifacts, or reports what is missing.
find_account() {
    # The names of the bucket and the repository are derived from it.
    printf '%s\n' "$stack" | grep -Eq '^[a-z][a-z0-9-]{0,23}$' ||
        fail "STACK=$stack is not a valid name. Use at most 24 lower-case letters, digits and hyphens, beginning with a letter."
    command -v aws >/dev/null 2>&1 || fail "The aws command is not installed. See https://aws.amazon.com/cli/."

    region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}
    [ -n "$region" ] || fail "No region is configured. Set AWS_REGION (such as eu-central-1), or a region in your AWS profile."
    export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"

    identity=$(aws sts get-caller-identity --query '[Account, Arn]' --output text) ||
        fail "AWS rejects the credentials in $region. Check the name of the region and the credentials" \
            "(AWS_PROFILE, aws sso login, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)."
    account=${identity%%[!0-9]*}
    suffix=amazonaws.com
    case $region in cn-*) suffix=amazonaws.com.cn ;; esac
    registry=$account.dkr.ecr.$region.$suffix
    repository=$stack-worker
    artifacts=$stack-deploy-$account-$region
    say "Account $account in $region, as ${identity##*[[:space:]]}"
}

# Checks the owner because the name can be guessed: the owner of another bucket could replace the function.
has_artifacts_bucket() {
    aws s3api head-bucket --bucket "$artifacts" --expected-bucket-owner "$account" >/dev/null 2>&1
}

stack_status() {
    aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text 2>/dev/null || echo NONE
}

output() {
    aws cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue | [0]"
}

# Lists the resources that could not be created, updated or deleted, with the reasons.
say_failures() {
    aws cloudformation describe-stack-events --stack-name "$stack" --max-items 50 --output text \
        --query "StackEvents[?contains(ResourceStatus, 'FAILED')].[Timestamp, LogicalResourceId, ResourceStatusReason]" >&2 || true
}
