using System.Globalization;
using Thumbnails.Api.Problems;
using Thumbnails.Core.Jobs;
using Thumbnails.Core.Serialization;

namespace Thumbnails.Api.Jobs;

/// <summary>The query of GET /jobs.</summary>
internal sealed record ListQuery(JobStatus? Status, int Limit, JobId? Cursor)
{
    /// <exception cref="ApiException">The query is not valid; every error is reported.</exception>
    public static ListQuery Parse(string? status, string? limit, string? cursor)
    {
        var errors = new Dictionary<string, string[]>();
        JobStatus? wanted = null;
        if (!string.IsNullOrEmpty(status))
        {
            if (SnakeCase.TryParse<JobStatus>(status, out var parsed))
                wanted = parsed;
            else
                errors["status"] = [$"must be one of {string.Join(", ", SnakeCase.Names<JobStatus>())}"];
        }

        var count = ListJobs.DefaultLimit;
        if (!string.IsNullOrEmpty(limit)
            && !(int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count is >= 1 and <= ListJobs.MaxLimit))
            errors["limit"] = [$"must be 1 to {ListJobs.MaxLimit}"];
        JobId? after = null;
        if (!string.IsNullOrEmpty(cursor) && !JobId.TryParse(cursor, out after))
            errors["cursor"] = ["must be the nextCursor of a previous page"];
        return errors.Count == 0
            ? new ListQuery(wanted, count, after)
            : throw new ApiException(RequestErrorCode.ValidationFailed) { Errors = errors };
    }
}
