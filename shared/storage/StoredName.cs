using System.Text.Json;

namespace Sigma.Storage;

/// <summary>States and kinds as columns have them: the name in small letters, its words joined by hyphens.</summary>
public static class StoredName
{
    /// <summary>For a column, and for who reads it there.</summary>
    public static string Stored<T>(this T value) where T : struct, Enum => Names<T>.ByValue[value];

    /// <summary>From a column.</summary>
    /// <exception cref="KeyNotFoundException">A newer version has stored it.</exception>
    public static T Parse<T>(string name) where T : struct, Enum => Names<T>.ByName[name];

    static class Names<T> where T : struct, Enum
    {
        public static readonly IReadOnlyDictionary<T, string> ByValue =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));

        public static readonly IReadOnlyDictionary<string, T> ByName = ByValue.ToDictionary(pair => pair.Value, pair => pair.Key);
    }
}
