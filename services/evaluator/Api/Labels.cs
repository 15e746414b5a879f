namespace Sigma.Evaluator.Api;

/// <summary>Labels of an address: <c>label=account=100073&amp;label=code=E130</c>.</summary>
internal static class Labels
{
    public const string Fault = "label is a name, an equals sign and a value, and each name is there once";

    /// <summary>Null when they cannot be read.</summary>
    public static IReadOnlyDictionary<string, string>? Read(string[]? labels)
    {
        Dictionary<string, string> read = [];
        foreach (var label in labels ?? [])
            if (label.Split('=', 2) is not [{ Length: > 0 } name, var value] || !read.TryAdd(name, value))
                return null;
        return read;
    }
}
