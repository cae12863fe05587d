using System.Globalization;
using System.Text.Json.Nodes;

namespace Thumbnails.TestServers.Lambda.Events;

/// <summary>
/// Events as EventBridge sends them to a function. Members that a test does not set have the values of AWS's samples.
/// <see href="https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html"/>
/// </summary>
public static class EventBridgeEvent
{
    private const string Account = "123456789012", Region = "us-east-1";

    private static readonly DateTimeOffset SampleTime = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Creates the event for an object that was stored in a bucket.
    /// <see href="https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html"/>
    /// </summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key of the object, not encoded.</param>
    /// <param name="size">The size of the object in bytes.</param>
    /// <param name="reason">The operation: <c>PutObject</c>, <c>CompleteMultipartUpload</c>, <c>CopyObject</c>…</param>
    /// <param name="time">When it was stored.</param>
    public static JsonObject ObjectCreated(
        string bucket, string key, long size = 5, string reason = "PutObject", DateTimeOffset? time = null) =>
        Event("aws.s3", "Object Created", $"arn:aws:s3:::{bucket}", time, new JsonObject
        {
            ["version"] = "0",
            ["bucket"] = new JsonObject { ["name"] = bucket },
            ["object"] = new JsonObject
            {
                ["key"] = key,
                ["size"] = size,
                ["etag"] = "b1946ac92492d2347c6235b4d2611184",
                ["version-id"] = "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
                ["sequencer"] = "617f08299329d189",
            },
            ["request-id"] = "N4N7GDK58NMKJ12R",
            ["requester"] = Account,
            ["source-ip-address"] = "1.2.3.4",
            ["reason"] = reason,
        });

    /// <summary>
    /// Creates the event of a schedule.
    /// <see href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html"/>
    /// </summary>
    public static JsonObject Scheduled(string rule = "my-scheduled-rule", DateTimeOffset? time = null) =>
        Event("aws.events", "Scheduled Event", $"arn:aws:events:{Region}:{Account}:rule/{rule}", time, []);

    /// <summary>
    /// Creates the event for a task whose status changed.
    /// <see href="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html"/>
    /// </summary>
    public static JsonObject TaskStateChange(TaskStateChange change, DateTimeOffset? time = null) =>
        Event("aws.ecs", "ECS Task State Change", change.TaskArn, time, change.ToDetail());

    internal static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Event(string source, string type, string resource, DateTimeOffset? time, JsonObject detail) => new()
    {
        ["version"] = "0",
        ["id"] = Guid.NewGuid().ToString(),
        ["detail-type"] = type,
        ["source"] = source,
        ["account"] = Account,
        ["time"] = (time ?? SampleTime).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        ["region"] = Region,
        ["resources"] = new JsonArray(resource),
        ["detail"] = detail,
    };
}
