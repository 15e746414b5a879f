namespace Sigma.Cli.Doctor;

/// <summary>How long a call to an API may take, so that its end is heard of within the time of an examination.</summary>
internal static class Briefly
{
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    public static TimeSpan OrLess(TimeSpan configured) => configured < Longest ? configured : Longest;
}
