namespace Sigma.Gateway.Integrations;

/// <summary>Our severities, the worst first.</summary>
internal static class Severities
{
    public static IReadOnlyList<string> All { get; } = ["critical", "high", "medium", "low", "info"];
}
