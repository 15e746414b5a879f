using System.Collections;
using Microsoft.Extensions.Options;

namespace Sigma.Hosting.Settings;

/// <summary>
/// Takes off what a value has only because it was read from a file: the line break at its end, and the byte order mark at its beginning. Line breaks
/// within a text stay.
/// </summary>
public static class ValueTrimming
{
    const char Mark = '\uFEFF';

    /// <summary>A value without them.</summary>
    public static string Trim(string value)
    {
        value = value.TrimStart(Mark);
        var end = value.AsSpan().TrimEnd().Length;
        return value.AsSpan(end).ContainsAny('\r', '\n') ? value[..end] : value;
    }

    /// <summary>Trims every text of an options object and of what is below it.</summary>
    internal static void TrimAll(object options)
    {
        foreach (var property in options.GetType().GetProperties().Where(p => p.CanRead && p.GetIndexParameters().Length == 0))
            switch (property.GetValue(options))
            {
                case string text when property.CanWrite:
                    property.SetValue(options, Trim(text));
                    break;
                case IDictionary<string, string> map:
                    foreach (var (key, text) in map.ToList())
                        map[key] = Trim(text);
                    break;
                case IList<string> { IsReadOnly: false } texts:
                    for (var index = 0; index < texts.Count; index++)
                        texts[index] = Trim(texts[index]);
                    break;
                case IDictionary map:
                    foreach (var value in map.Values)
                        Below(value);
                    break;
                case IEnumerable list and not string:
                    foreach (var item in list)
                        Below(item);
                    break;
                case { } nested:
                    Below(nested);
                    break;
            }
    }

    static void Below(object? value)
    {
        if (value?.GetType() is { IsClass: true, Namespace: { } space } && space.StartsWith("Sigma", StringComparison.Ordinal))
            TrimAll(value);
    }
}

/// <summary>Does so when options are bound, before they are checked.</summary>
internal sealed class ValueTrimming<T> : IPostConfigureOptions<T> where T : class
{
    public void PostConfigure(string? name, T options) => ValueTrimming.TrimAll(options);
}
