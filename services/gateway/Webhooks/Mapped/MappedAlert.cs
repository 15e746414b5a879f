using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Mapped;

/// <summary>One alert in JSON of no known shape.</summary>
internal sealed class MappedAlert(JsonValue alert, MappingOptions mapping)
{
    /// <summary>The alert, and the objects in it that may hold what it says.</summary>
    public IReadOnlyList<JsonValue> Holders { get; } = [alert, .. UsualNames.Wrappers.Select(name => alert[name]).Where(inner => inner.IsObject)];

    public UnderstoodState State()
    {
        var found = mapping.State is null ? Usual(UsualNames.State, value => value.Text is not null) : MappedFields.Find(alert, mapping.State);
        if (found?.Text is not { } word)
            return mapping.State is null ? UnderstoodState.Info
                : throw alert.At(MappedFields.Words(mapping.State)[0]).Wrong("is missing: the state");
        return Says(mapping.Firing, UsualNames.Firing, word) ? UnderstoodState.Firing
            : Says(mapping.Resolved, UsualNames.Resolved, word) ? UnderstoodState.Resolved
            : Says(null, UsualNames.Acknowledged, word) ? UnderstoodState.Acknowledged
            : Says(null, UsualNames.NoData, word) ? UnderstoodState.NoData
            : Says(null, UsualNames.Test, word) ? UnderstoodState.Test
            : throw found.Wrong("is no state that is known: say in the mapping which values mean that it fires, and which that it is over");
    }

    public (string? Severity, string? UnknownWord) Severity(Integration integration)
    {
        if (mapping.Severity is not null)
            return MappedFields.Severity(alert, integration, null);
        string? unknown = null;
        foreach (var word in UsualNames.Severity.SelectMany(name => Holders.Select(holder => holder[name].Text)).OfType<string>())
        {
            if (SeverityWords.OfEnd(word, integration) is { } severity)
                return (severity, null);
            unknown ??= word;
        }
        return (null, unknown);
    }

    /// <summary>By the mapping's path; where it has none, by the usual names.</summary>
    public string? Text(string? path, string[] usual) =>
        path is not null ? MappedFields.Text(alert, path) : Usual(usual, value => value.Text is not null)?.Text;

    public DateTimeOffset? Time(string? path, string[] usual)
    {
        if (path is null)
            return Usual(usual, value => Time(value, null) is not null) is { } found ? Time(found, null) : null;
        return MappedFields.Find(alert, path) is { } said ? Time(said, mapping.TimeUnit) : null;
    }

    // The unit of a number is told by its field, never by its size.
    DateTimeOffset? Time(JsonValue value, string? unit) => (value.Kind == JsonKind.Number, unit ?? UnitOf(value.Name) ?? mapping.TimeUnit) switch
    {
        (false, null) => SourceTime.Read(value),
        (false, _) when value.Number is null => SourceTime.Read(value),
        (_, "seconds") => SourceTime.Seconds(value),
        (_, "milliseconds") => SourceTime.Milliseconds(value),
        _ => null,
    };

    static string? UnitOf(string name) => Is(UsualNames.Seconds, name) ? "seconds" : Is(UsualNames.Milliseconds, name) ? "milliseconds" : null;

    JsonValue? Usual(string[] names, Func<JsonValue, bool> has)
    {
        foreach (var name in names)
            foreach (var holder in Holders)
                if (holder[name] is { IsThere: true } value && has(value))
                    return value;
        return null;
    }

    static bool Says(string? own, string[] usual, string word) => own is null ? Is(usual, word) : Is(MappedFields.Words(own), word);

    static bool Is(string[] words, string word) => Array.Exists(words, known => known.Equals(word, StringComparison.OrdinalIgnoreCase));
}
