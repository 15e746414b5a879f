using System.Runtime.InteropServices;

namespace Sigma.TestServers.Processes;

/// <summary>What .NET does not offer: asking a process to end, and holding it.</summary>
internal static partial class Signals
{
    const int Sigterm = 15;

    // Linux and macOS number these differently.
    static readonly int Sigstop = OperatingSystem.IsMacOS() ? 17 : 19, Sigcont = OperatingSystem.IsMacOS() ? 19 : 18;

    public static void Terminate(int processId) => _ = Send(processId, Sigterm);

    public static void Freeze(int processId) => _ = Send(processId, Sigstop);

    public static void Thaw(int processId) => _ = Send(processId, Sigcont);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int processId, int signal);
}
