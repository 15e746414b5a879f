namespace Sigma.Fetcher.Events;

/// <summary>A record that was put aside, or a part of it.</summary>
/// <param name="Kind">What is wrong, as a metric has it.</param>
/// <param name="Reason">What is wrong, for people.</param>
/// <param name="Raw">The beginning of the record as it came.</param>
/// <param name="Account">Its account, where it can be read.</param>
/// <param name="Used">Whether the event counts all the same.</param>
internal sealed record MalformedRecord(string Kind, string Reason, string Raw, string? Account, bool Used)
{
    public const int LongestRaw = 4000;

    public const string NotJson = "not-json", NotAnObject = "not-an-object", NoAccount = "no-account", NoCode = "no-code", NotText = "not-text",
        HalfCharacter = "half-character", TooLong = "too-long";
}
