using System.Runtime.InteropServices;

namespace Sigma.TestServers.Processes;

/// <summary>What .NET does not offer: asking a process to end.</summary>
internal static partial class Signals
{
    const int Sigterm = 15;

    public static void Terminate(int processId) => _ = Send(processId, Sigterm);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int processId, int signal);
}
