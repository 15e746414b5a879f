using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Sigma.Segware;

/// <summary>Reads fields that may come as numbers or as strings, or as something nobody expects. Nothing here throws on a value.</summary>
public static class JsonFields
{
    /// <summary>The field's value as text; null when it is absent, null, empty or no text.</summary>
    public static string? Text(this JsonElement item, string name) => Text(item, name, out _);

    /// <summary>The field's value as text; null when it is absent, null or empty, and when it is no text.</summary>
    /// <param name="item">An object.</param>
    /// <param name="name">Name of the field.</param>
    /// <param name="fault">Why a value that is there is no text; null when nothing is wrong.</param>
    public static string? Text(this JsonElement item, string name, out string? fault)
    {
        fault = null;
        if (!TryGet(item, name, out var value))
            return null;
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                var text = Whole(value)?.Trim();
                fault = text is null ? $"{name} has half a character" : null;
                return text is { Length: > 0 } ? text : null;
            case JsonValueKind.Number:
                return value.GetRawText();
            case JsonValueKind.Null:
                return null;
            default:
                fault = $"{name} is {Kind(value)} instead of text";
                return null;
        }
    }

    /// <summary>
    /// The field's value as text that is for people: half a character in it is replaced. Null when it is absent, null, blank or no text.
    /// </summary>
    public static string? TextReadable(this JsonElement item, string name)
    {
        if (Text(item, name, out var fault) is { } text || fault is null || !TryGet(item, name, out var value)
            || value.ValueKind != JsonValueKind.String)
            return Text(item, name);
        return WithoutHalves(value.GetRawText()).Trim() is { Length: > 0 } readable ? readable : null;
    }

    /// <summary>The value of a field; of several with one name the last.</summary>
    static bool TryGet(JsonElement item, string name, out JsonElement value)
    {
        value = default;
        if (item.ValueKind != JsonValueKind.Object)
            return false;
        try
        {
            return item.TryGetProperty(name, out value);
        }
        catch (InvalidOperationException)
        {
            return TryGetBeside(item, name, out value);
        }
    }

    /// <summary>As above, beside a field whose name cannot be read.</summary>
    static bool TryGetBeside(JsonElement item, string name, out JsonElement value)
    {
        value = default;
        var found = false;
        foreach (var field in item.EnumerateObject())
        {
            try
            {
                if (!field.NameEquals(name))
                    continue;
                value = field.Value;
                found = true;
            }
            catch (InvalidOperationException)
            {
                // half a character in it: none of the names looked for
            }
        }
        return found;
    }

    /// <summary>A string; null when it has half a surrogate pair.</summary>
    static string? Whole(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>A string as it is written in JSON, quotes included, with U+FFFD for each half of a pair.</summary>
    static string WithoutHalves(string written)
    {
        StringBuilder text = new();
        for (var at = 1; at < written.Length - 1; at++)
        {
            if (written[at] != '\\')
                text.Append(written[at]);
            else if (written[++at] == 'u')
            {
                text.Append((char)ushort.Parse(written.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                at += 4;
            }
            else
                text.Append(written[at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var other => other });
        }
        return string.Concat(text.ToString().EnumerateRunes().Select(rune => rune.ToString()));
    }

    static string Kind(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        _ => "true or false",
    };
}
