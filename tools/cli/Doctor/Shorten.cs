namespace Sigma.Cli.Doctor;

/// <summary>Shortens the time-out of API calls, so that a check gets their result within its own.</summary>
internal static class Shorten
{
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    public static TimeSpan Timeout(TimeSpan configured) => configured < Longest ? configured : Longest;
}
