using System.Diagnostics;

namespace Sigma.TestServers.Processes;

/// <summary>Commands that a Ctrl+C meant for the tests does not reach.</summary>
internal static class OwnSession
{
    static readonly string? Setsid = CommandLine.Find("setsid");

    public static ProcessStartInfo Command(string file, params string[] arguments) => Setsid is null
        ? new ProcessStartInfo(file, arguments)
        : new ProcessStartInfo(Setsid, [file, .. arguments]);
}
