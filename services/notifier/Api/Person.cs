namespace Sigma.Notifier.Api;

/// <summary>Who has something done.</summary>
internal static class Person
{
    const int LongestName = 100;

    /// <summary>What is wrong with the name; null when nothing is.</summary>
    public static string? Fault(string? by) =>
        string.IsNullOrWhiteSpace(by) || by.Length > LongestName ? $"by is who does it, in 1 to {LongestName} characters" : null;

    /// <summary>Who, and when, as the reason of a delivery has it.</summary>
    public static string At(string by, TimeProvider time) => $"{by}, {time.GetUtcNow():yyyy-MM-dd HH:mm:ss} UTC";
}
