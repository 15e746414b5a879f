namespace Sigma.Simulator.Vendors;

/// <summary>What the log and the page show of recipients and of addresses that hold tokens.</summary>
internal static class Mask
{
    private const int LongestWord = 20;

    public static string Of(string recipient) => recipient.Length > 8 ? "…" + recipient[^4..] : "…";

    public static string Path(string path) => string.Join('/', path.Split('/').Select(part => part.Length > LongestWord ? Of(part) : part));
}
