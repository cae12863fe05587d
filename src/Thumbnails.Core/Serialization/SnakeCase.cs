using System.Text.Json;

namespace Thumbnails.Core.Serialization;

/// <summary>The external names of enum members.</summary>
public static class SnakeCase
{
    /// <summary>Returns the member's name in snake_case, as in JSON.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static string Of<T>(T value)
        where T : struct, Enum => Of(value.ToString());

    /// <summary>The name of a member in snake_case.</summary>
    public static string Of(string memberName) => JsonNamingPolicy.SnakeCaseLower.ConvertName(memberName);

    /// <summary>The names of all members.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static IEnumerable<string> Names<T>()
        where T : struct, Enum => Enum.GetNames<T>().Select(Of);

    /// <summary>Finds the member with the given name.</summary>
    /// <typeparam name="T">The enum.</typeparam>
    public static bool TryParse<T>(string name, out T member)
        where T : struct, Enum
    {
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Of(candidate) == name)
            {
                member = candidate;
                return true;
            }
        }

        member = default;
        return false;
    }
}
