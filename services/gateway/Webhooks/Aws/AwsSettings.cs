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

    public static AwsSettings Of(Integration integration) => new()
    {
        TopicArns = MappedFields.Words(Value(integration, "TopicArns")).ToHashSet(StringComparer.Ordinal),
        VerifySignature = !string.Equals(Value(integration, "VerifySignature"), "false", StringComparison.OrdinalIgnoreCase),
        NeedsSha256 = Value(integration, "SignatureVersion") == "2",
        SeverityPattern = Pattern(Value(integration, "SeverityPattern")),
    };

    public static IEnumerable<string> Faults(Integration integration)
    {
        if (Value(integration, "VerifySignature") is { } verify && !bool.TryParse(verify, out _))
            yield return "Settings__VerifySignature is neither true nor false";
        if (Value(integration, "SignatureVersion") is not (null or "1" or "2"))
            yield return "Settings__SignatureVersion is neither 1 nor 2";
        if (Value(integration, "SeverityPattern") is { } pattern && Pattern(pattern)?.GetGroupNumbers() is not { Length: > 1 })
            yield return "Settings__SeverityPattern is no regular expression with a group that is the word, such as Priority=(\\w+)";
        foreach (var arn in MappedFields.Words(Value(integration, "TopicArns")).Where(arn => !arn.StartsWith("arn:", StringComparison.Ordinal)))
            yield return $"Settings__TopicArns has {arn}, which is no ARN";
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
