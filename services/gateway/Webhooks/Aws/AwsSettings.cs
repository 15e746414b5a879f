using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Webhooks.Common;

namespace Sigma.Gateway.Webhooks.Aws;

/// <summary>An integration's settings of Amazon.</summary>
internal sealed record AwsSettings
{
    static readonly TimeSpan LongestMatch = TimeSpan.FromMilliseconds(50);

    /// <summary>Topics that may send; empty: all, which are known by the key.</summary>
    public IReadOnlySet<string> TopicArns { get; init; } = new HashSet<string>();

    /// <summary>Whether the signature of an SNS envelope must hold.</summary>
    public bool VerifySignature { get; init; } = true;

    /// <summary>Whether only signatures with SHA-256 hold.</summary>
    public bool NeedsSha256 { get; init; }

    /// <summary>Finds a severity's word in an alarm's name or description, which have no other place for it; null: nowhere.</summary>
    public Regex? SeverityPattern { get; init; }

    /// <summary>Hosts, with their ports, that stand for Amazon's besides, such as one's own in tests.</summary>
    public IReadOnlySet<string> Hosts { get; init; } = new HashSet<string>();

    public static AwsSettings Of(Integration integration) => new()
    {
        TopicArns = MappedFields.Words(Value(integration, "TopicArns")).ToHashSet(StringComparer.Ordinal),
        Hosts = MappedFields.Words(Value(integration, "Hosts")).ToHashSet(StringComparer.OrdinalIgnoreCase),
        VerifySignature = !string.Equals(Value(integration, "VerifySignature"), "false", StringComparison.OrdinalIgnoreCase),
        NeedsSha256 = Value(integration, "SignatureVersion") == "2",
        SeverityPattern = Pattern(Value(integration, "SeverityPattern")),
    };

    public static IEnumerable<ValidationResult> Faults(Integration integration)
    {
        if (Value(integration, "VerifySignature") is { } verify && !bool.TryParse(verify, out _))
            yield return new("is neither true nor false", ["Settings__VerifySignature"]);
        if (Value(integration, "SignatureVersion") is not (null or "1" or "2"))
            yield return new("is neither 1 nor 2", ["Settings__SignatureVersion"]);
        if (Value(integration, "SeverityPattern") is { } pattern && Pattern(pattern)?.GetGroupNumbers() is not { Length: > 1 })
            yield return new("is no regular expression with a group that is the word, such as Priority=(\\w+)", ["Settings__SeverityPattern"]);
        foreach (var arn in MappedFields.Words(Value(integration, "TopicArns")).Where(arn => !arn.StartsWith("arn:", StringComparison.Ordinal)))
            yield return new($"has {arn}, which is no ARN", ["Settings__TopicArns"]);
    }

    static string? Value(Integration integration, string name) =>
        integration.Settings.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    static Regex? Pattern(string? text)
    {
        try
        {
            return text is null ? null
                : new Regex(text, RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }
}
