namespace Sigma.Hosting.Api;

/// <summary>A part of a list.</summary>
/// <param name="Items">Those of this page.</param>
/// <param name="Next">What to say as <c>after</c> to get those that follow; null when there are none.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);
