using Microsoft.OpenApi;

namespace Thumbnails.Api.OpenApi;

/// <summary>The descriptions of responses other than problems, and of their headers.</summary>
internal static class ResponseTexts
{
    private static readonly Dictionary<(string Operation, string Status), string> Texts = new()
    {
        [("CreateUpload", "201")] = "The upload was created.",
        [("CompleteUpload", "200")] = "The video is complete.",
        [("ResumeUpload", "200")] = "The upload, with new presigned URLs.",
        [("AbortUpload", "204")] = "The upload was aborted.",
        [("PutObject", "200")] = "The file or the part has arrived.",
        [("CreateJob", "200")] = "The job has ended.",
        [("CreateJob", "202")] = "The job was accepted.",
        [("ListJobs", "200")] = "A page of jobs.",
        [("GetJob", "200")] = "The job.",
        [("CancelJob", "202")] = "The job was canceled.",
        [("RedeliverWebhook", "202")] = "The webhook will be sent again.",
        [("GetThumbnail", "200")] = "The picture, for clients that follow the redirect.",
        [("GetThumbnail", "302")] = "A redirect to the picture.",
        [("GetStoryboardVtt", "200")] = "The manifest.",
        [("GetStoryboardHls", "200")] = "The manifest.",
        [("GetStoryboardDash", "200")] = "The manifest.",
        [("GetStoryboardAdaptationSet", "200")] = "The adaptation set.",
        [("GetStoryboardJson", "200")] = "The tiles.",
        [("GetStoryboardSheet", "200")] = "The sheet, for clients that follow the redirect.",
        [("GetStoryboardSheet", "302")] = "A redirect to the sheet.",
        [("Liveness", "200")] = "The process is running.",
        [("Readiness", "200")] = "The service is ready.",
        [("Readiness", "503")] = "The service is not ready.",
    };

    private static readonly Dictionary<string, string> Headers = new()
    {
        ["Location"] = "The URL of the job, or of the picture.",
        ["ETag"] = "The ETag of a part, for completing the upload.",
        ["Preference-Applied"] = "The wait that was granted. Absent when none was requested.",
    };

    public static void Apply(OpenApiOperation operation)
    {
        foreach (var (status, response) in operation.Responses ?? [])
        {
            if (Texts.TryGetValue((operation.OperationId!, status), out var text))
                response.Description = text;
            if (response is OpenApiResponse target)
                target.Headers = HeadersOf(operation.OperationId!, status).ToDictionary(name => name, Header);
        }
    }

    private static string[] HeadersOf(string operation, string status) => (operation, status) switch
    {
        ("CreateJob", "200" or "202") => ["Location", "Preference-Applied"],
        ("PutObject", "200") => ["ETag"],
        ("GetJob", "200") => ["Preference-Applied"],
        ("CancelJob" or "RedeliverWebhook", "202") or ("GetThumbnail" or "GetStoryboardSheet", "302") => ["Location"],
        _ => [],
    };

    private static IOpenApiHeader Header(string name) => new OpenApiHeader
    {
        Description = Headers[name],
        Required = name == "Location",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
