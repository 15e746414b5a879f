using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Archive;

/// <summary>A test that needs a small disk of a process's own, and is skipped where none can be had.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = SmallDisk.Missing;
}
