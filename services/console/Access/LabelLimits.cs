using System.Text.Json;

namespace Sigma.OperatorConsole.Access;

/// <summary>
/// What somebody is limited to: for each label named here, one of its values. <c>company</c> and <c>client_group</c> are the names that
/// Segware knows of the account. Without any, everything is seen.
/// </summary>
public sealed record LabelLimits(IReadOnlyDictionary<string, IReadOnlyList<string>> Values)
{
    /// <summary>The name by which the company of an account is limited.</summary>
    public const string Company = "company";

    /// <summary>The name by which the client group of an account is limited.</summary>
    public const string ClientGroup = "client_group";

    /// <summary>Everything is seen.</summary>
    public static LabelLimits None { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Whether nothing is limited.</summary>
    public bool IsNone => Values.Count == 0;

    /// <summary>Whether what has these labels may be seen. A label that is not there has no value that is allowed.</summary>
    /// <param name="label">The value of a label, or of one of the two names; null where there is none.</param>
    public bool Allow(Func<string, string?> label)
    {
        foreach (var (name, values) in Values)
            if (label(name) is not { } value || !values.Contains(value, StringComparer.Ordinal))
                return false;
        return true;
    }

    /// <summary>As it is stored; null for <see cref="None"/>.</summary>
    public string? ToJson() => IsNone ? null : JsonSerializer.Serialize(Values);

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    public static LabelLimits FromJson(string? json) =>
        json is null ? None : new(JsonSerializer.Deserialize<Dictionary<string, IReadOnlyList<string>>>(json)!);
}
