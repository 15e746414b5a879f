namespace Sigma.Gateway.Webhooks.Common;

/// <summary>Labels as they are gathered from a body. What is empty is none; of two that have one name after all the first counts.</summary>
internal sealed class LabelList
{
    readonly SortedDictionary<string, string> _labels = new(StringComparer.Ordinal);

    public LabelList Add(string name, string? value)
    {
        if (value?.Trim() is { Length: > 0 } text && LabelNames.Of(name) is { } plain)
            _labels.TryAdd(plain, text);
        return this;
    }

    /// <summary>The fields of an object that are texts, numbers or booleans.</summary>
    public LabelList AddAll(JsonValue fields)
    {
        // In order of their names, so that what is kept does not depend on how the sender sorts.
        foreach (var field in fields.Fields.Where(_ => fields.IsObject).OrderBy(field => field.Name, StringComparer.Ordinal))
            Add(field.Name, field.Text);
        return this;
    }

    /// <summary>Labels that were gathered before.</summary>
    public LabelList AddEach(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (name, value) in labels)
            Add(name, value);
        return this;
    }

    /// <summary>A list of <c>{name, value}</c>, as clouds write dimensions, or of <c>name:value</c>.</summary>
    public LabelList AddPairs(JsonValue pairs)
    {
        foreach (var pair in pairs.Items)
            if (pair.IsObject)
                Add(pair.FirstText("name", "key") ?? "", pair["value"].Text);
            else if (pair.Text is { } text && text.IndexOfAny([':', '=']) is > 0 and var cut)
                Add(text[..cut], text[(cut + 1)..]);
        return this;
    }

    public IReadOnlyDictionary<string, string> ToDictionary() => new Dictionary<string, string>(_labels, StringComparer.OrdinalIgnoreCase);
}
