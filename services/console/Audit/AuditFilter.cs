using System.Globalization;

namespace Sigma.OperatorConsole.Audit;

/// <summary>Which entries of the audit log are wanted.</summary>
public sealed record AuditFilter
{
    /// <summary>By whom, the whole name; null for everybody.</summary>
    public string? By { get; init; }

    /// <summary>How what was done begins: <c>user</c> finds <c>user.add</c>; null for all.</summary>
    public string? What { get; init; }

    /// <summary>A part of what it was done to; null for all.</summary>
    public string? Subject { get; init; }

    /// <summary>Not before this.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether it wants less than everything.</summary>
    public bool IsEmpty => this == new AuditFilter();

    /// <summary>As the part of an address behind the question mark, without that; empty for everything.</summary>
    public string ToQuery() => string.Join('&', Parts().Select(part => $"{part.Key}={Uri.EscapeDataString(part.Value)}"));

    IEnumerable<(string Key, string Value)> Parts()
    {
        if (By is not null)
            yield return ("by", By);
        if (What is not null)
            yield return ("what", What);
        if (Subject is not null)
            yield return ("subject", Subject);
        if (From is { } from)
            yield return ("from", from.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
        if (Until is { } until)
            yield return ("until", until.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }
}
