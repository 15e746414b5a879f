namespace Sigma.Gateway.Alertmanager;

/// <summary>An alert of an integration that is not over, as it was last reported.</summary>
/// <param name="Id">Its identity within the integration.</param>
/// <param name="Labels">What it is about.</param>
/// <param name="Annotations">What describes it.</param>
/// <param name="StartsAt">Since when.</param>
/// <param name="UpdatedAt">When it was last reported.</param>
/// <param name="EndsAt">Until when it holds unless it is repeated; null when it needs no repeating.</param>
/// <param name="Url">Where its sender shows it.</param>
internal sealed record OpenAlert(string Id, IReadOnlyDictionary<string, string> Labels, IReadOnlyDictionary<string, string> Annotations,
    DateTimeOffset StartsAt, DateTimeOffset UpdatedAt, DateTimeOffset? EndsAt, string? Url);
