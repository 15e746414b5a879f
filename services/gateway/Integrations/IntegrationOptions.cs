using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Sigma.Hosting.Settings;

namespace Sigma.Gateway.Integrations;

/// <summary>Somebody who may send to us.</summary>
public sealed partial class IntegrationOptions : IValidatableObject
{
    /// <summary>Characters of a key at least.</summary>
    public const int ShortestKey = 16;

    const int LongestKey = 512, MostLabels = 16, LongestLabel = 64, LongestValue = 200;

    /// <summary>Name, at most 64 characters of a-z, 0-9, '-', '_' and '.': the source of its news, and the last part of its address.</summary>
    [Required, RegularExpression("[a-z0-9][a-z0-9._-]{0,63}")]
    public string Name { get; set; } = "";

    /// <summary>What it speaks; see <see cref="IntegrationKind"/>.</summary>
    [Required]
    public string Kind { get; set; } = "";

    /// <summary>The key that it shows, at least 16 characters. It is kept hashed.</summary>
    public string Key { get; set; } = "";

    /// <summary>The key that it showed before, which still counts while senders are changed; not set: none.</summary>
    public string FormerKey { get; set; } = "";

    /// <summary>Secret of the sender's signature, where its kind signs.</summary>
    public string? Secret { get; set; }

    /// <summary>Labels that all of its news gets; they win over the sender's own.</summary>
    public Dictionary<string, string> Labels { get; set; } = [];

    /// <summary>Severity of what says none: <c>critical</c>, <c>high</c>, <c>medium</c>, <c>low</c> or <c>info</c>.</summary>
    public string DefaultSeverity { get; set; } = "medium";

    /// <summary>Further words of the sender's for severities, without case: word to severity.</summary>
    public Dictionary<string, string> SeverityWords { get; set; } = [];

    /// <summary>
    /// Where in the body is what: for the kinds <c>generic</c>, <c>zabbix</c> and <c>standard-webhook</c>. Of the other webhooks only severity,
    /// service,
    /// region and labels are looked for there, before where their senders usually have them.
    /// </summary>
    public MappingOptions Mapping { get; set; } = new();

    /// <summary>What only its kind knows, by name; see docs/sources.md.</summary>
    public Dictionary<string, string> Settings { get; set; } = [];

    /// <summary>What its sender does not repeat for so long is over; not set: never, unless its kind says so.</summary>
    [Duration("00:00:10", "90.00:00:00")]
    public TimeSpan? CloseAfter { get; set; }

    /// <summary>
    /// Of the kind <c>logs</c>: labels by which an agent is known, comma separated, of which the first that a line has counts. Each of its lines is
    /// also a sign of life of it. Empty: none is.
    /// </summary>
    public string Agent { get; set; } = "host,service,app";

    /// <summary>Whether it is taken in.</summary>
    public bool On { get; set; } = true;

    /// <summary>Requests a second on the average, in each process; not set: <c>Gateway__Limits__RatePerSecond</c>.</summary>
    [Range(0.01, 1_000_000)]
    public double? RatePerSecond { get; set; }

    /// <summary>Requests at once; not set: <c>Gateway__Limits__Burst</c>.</summary>
    [Range(1, 10_000_000)]
    public int? Burst { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Kind.Length > 0 && !IntegrationKind.All.Contains(Kind))
            yield return new($"is none of the kinds {string.Join(", ", IntegrationKind.All)}", [nameof(Kind)]);
        if (KeyFault(Key) is { } fault)
            yield return new(fault, [nameof(Key)]);
        if (FormerKey.Length > 0 && KeyFault(FormerKey) is { } former)
            yield return new(former, [nameof(FormerKey)]);
        foreach (var result in Words())
            yield return result;
    }

    /// <summary>What is wrong with all but the key, which people do not write themselves.</summary>
    internal IEnumerable<ValidationResult> Words()
    {
        if (!Severities.All.Contains(DefaultSeverity))
            yield return new($"is none of {string.Join(", ", Severities.All)}", [nameof(DefaultSeverity)]);
        foreach (var (word, severity) in SeverityWords.Where(word => !Severities.All.Contains(word.Value)))
            yield return new($"is {severity}, which is none of {string.Join(", ", Severities.All)}", [$"{nameof(SeverityWords)}__{word}"]);
        if (Labels.Count > MostLabels)
            yield return new($"has {Labels.Count} labels, more than {MostLabels}", [nameof(Labels)]);
        foreach (var (name, value) in Labels)
            if (!LabelName().IsMatch(name) || value.Length is 0 or > LongestValue)
                yield return new(
                    $"is not a label: a name is 1 to {LongestLabel} characters of a-z, 0-9, '_', '-' and '.', a value 1 to {LongestValue} characters",
                    [$"{nameof(Labels)}__{name}"]);
        foreach (var result in Webhooks.Registration.Faults(Integration.Of(this)))
            yield return result;
    }

    // The key itself is never repeated.
    static string? KeyFault(string key) =>
        key.Length == 0 ? "is required"
        : key.Length is < ShortestKey or > LongestKey ? $"has {key.Length} characters: a key has {ShortestKey} to {LongestKey}"
        : !KeyText().IsMatch(key) ? "has a character that no key has: visible ASCII only" : null;

    [GeneratedRegex("^[a-z0-9_][a-z0-9_.-]{0,63}$")]
    private static partial Regex LabelName();

    [GeneratedRegex("^[!-~]+$")]
    private static partial Regex KeyText();
}
