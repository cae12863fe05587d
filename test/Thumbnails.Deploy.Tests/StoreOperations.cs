using System.Text.RegularExpressions;

namespace Thumbnails.Deploy.Tests;

/// <summary>What the methods of the store ask of S3, read from the source of the S3 adapter.</summary>
internal static partial class StoreOperations
{
    private const string OnObject = "object", OnBucket = "bucket";

    // Without the permission to list, S3 answers 403 instead of 404 for an object that is not there, which the store tells apart.
    private static readonly Dictionary<string, (string Action, string On)[]> ActionsOf = new()
    {
        ["GetObject"] = [("s3:GetObject", OnObject), ("s3:ListBucket", OnBucket)],
        ["GetObjectMetadata"] = [("s3:GetObject", OnObject), ("s3:ListBucket", OnBucket)],
        ["PutObject"] = [("s3:PutObject", OnObject)],
        ["DeleteObject"] = [("s3:DeleteObject", OnObject)],
        ["ListObjectsV2"] = [("s3:ListBucket", OnBucket)],
        ["InitiateMultipartUpload"] = [("s3:PutObject", OnObject)],
        ["CompleteMultipartUpload"] = [("s3:PutObject", OnObject)],
        ["AbortMultipartUpload"] = [("s3:AbortMultipartUpload", OnObject)],
        ["ListParts"] = [("s3:ListMultipartUploadParts", OnObject)],
        // Whoever uses a signed address acts with the rights of who signed it.
        ["sign GET"] = [("s3:GetObject", OnObject)],
        ["sign PUT"] = [("s3:PutObject", OnObject)],
    };

    private static readonly Dictionary<string, string> Bodies = ReadBodies();

    /// <summary>The methods that a user of the store can call.</summary>
    public static IReadOnlyCollection<string> Methods => Bodies.Keys;

    /// <summary>What a call of a method on an object needs.</summary>
    public static IEnumerable<Permission> Needs(string method, string key, string reason) =>
        from operation in OperationsOf(method, [])
        let actions = ActionsOf.TryGetValue(operation, out var found) ? found : throw new InvalidOperationException(
            $"{method} calls S3's {operation}, of which this test does not know what it needs: add it to {nameof(StoreOperations)}.")
        from action in actions
        select new Permission(action.Action, action.On == OnBucket ? "${Bucket.Arn}" : $"${{Bucket.Arn}}/{key}", reason);

    private static HashSet<string> OperationsOf(string method, HashSet<string> seen)
    {
        var body = Bodies[method];
        var operations = Call().Matches(body).Select(match => match.Groups["operation"].Value).Where(name => name != "GetPreSignedURL")
            .Concat(Verb().Matches(body).Select(match => $"sign {match.Groups["verb"].Value}"))
            .ToHashSet();
        foreach (var called in Bodies.Keys.Where(name => name != method && Regex.IsMatch(body, $@"\b{name}\b") && seen.Add(name)))
            operations.UnionWith(OperationsOf(called, seen));
        return operations;
    }

    // The adapter's methods one by one, so that each has its own needs; its other classes as a whole.
    private static Dictionary<string, string> ReadBodies()
    {
        var bodies = new Dictionary<string, string>();
        foreach (var file in SourceFile.Under("Thumbnails.Core/Storage/S3").Concat(SourceFile.Under("Thumbnails.Core/Storage").Where(file => file.Name == "JsonObjects.cs")))
        {
            if (!file.Types.Contains("S3ObjectStore") && !file.Types.Contains("JsonObjects"))
            {
                foreach (var type in file.Types)
                    bodies[type] = file.Text;
                continue;
            }

            foreach (var member in MemberStart().Split(file.Text).Skip(1))
            {
                if (MemberName().Match(member) is { Success: true } name)
                    bodies[name.Groups["name"].Value] = member[name.Length..];
            }
        }

        return bodies;
    }

    [GeneratedRegex(@"\bclient\.(?<operation>\w+?)(Async)?\(")]
    private static partial Regex Call();

    [GeneratedRegex(@"\bHttpVerb\.(?<verb>\w+)")]
    private static partial Regex Verb();

    [GeneratedRegex(@"(?m)^    (?=(?:public|private|internal) )")]
    private static partial Regex MemberStart();

    [GeneratedRegex(@"^[^=;{(]*?\b(?<name>[A-Z]\w*)(<\w+>)?\(")]
    private static partial Regex MemberName();
}
