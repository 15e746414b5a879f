namespace Sigma.Gateway.Metrics;

/// <summary>A series as it is published, shared by all of its samples.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Labels">Its labels with those of the integration; names in lower case.</param>
/// <param name="Fault">Why no sample of it is taken; null when they are.</param>
internal sealed record Series(string Name, IReadOnlyDictionary<string, string> Labels, string? Fault);
