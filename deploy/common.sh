# What deploy.sh and destroy.sh share; they read it with `.`.
# shellcheck shell=sh disable=SC2034  # what is set here is used there

stack=${STACK:-thumbnails}
export AWS_PAGER='' AWS_MAX_ATTEMPTS="${AWS_MAX_ATTEMPTS:-5}"

say() { printf '%s\n' "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

# Sets account, region, registry, repository and artifacts, or says what is missing.
find_account() {
    # What is named after it must be short and in lower case.
    printf '%s\n' "$stack" | grep -Eq '^[a-z][a-z0-9-]{0,23}$' ||
        fail "STACK=$stack: a name of at most 24 lower-case letters, digits and hyphens, please."
    command -v aws >/dev/null 2>&1 || fail "The aws command is missing: https://aws.amazon.com/cli/ tells how to install it."

    region=${AWS_REGION:-${AWS_DEFAULT_REGION:-$(aws configure get region 2>/dev/null || true)}}
    [ -n "$region" ] || fail "No region: set AWS_REGION (such as eu-central-1), or a region in your AWS profile."
    export AWS_REGION="$region" AWS_DEFAULT_REGION="$region"

    identity=$(aws sts get-caller-identity --query '[Account, Arn]' --output text) ||
        fail "AWS does not know who you are in $region: see the line above. Is the region's name right, and are there credentials" \
            "(AWS_PROFILE, aws sso login, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)?"
    account=${identity%%[!0-9]*}
    suffix=amazonaws.com
    case $region in cn-*) suffix=amazonaws.com.cn ;; esac
    registry=$account.dkr.ecr.$region.$suffix
    repository=$stack-worker
    artifacts=$stack-deploy-$account-$region
    say "Account $account in $region, as ${identity##*[[:space:]]}"
}

stack_status() {
    aws cloudformation describe-stacks --stack-name "$stack" --query 'Stacks[0].StackStatus' --output text 2>/dev/null || echo NONE
}

output() {
    aws cloudformation describe-stacks --stack-name "$stack" --output text \
        --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue | [0]"
}

# The resources that did not come to be, or did not go away, and why.
say_failures() {
    aws cloudformation describe-stack-events --stack-name "$stack" --max-items 50 --output text \
        --query "StackEvents[?contains(ResourceStatus, 'FAILED')].[Timestamp, LogicalResourceId, ResourceStatusReason]" >&2 || true
}
