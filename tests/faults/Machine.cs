using System.Runtime.InteropServices;
using Sigma.Faults.Stations;

namespace Sigma.Faults;

/// <summary>What the run ran on.</summary>
internal static class Machine
{
    public static async Task<IReadOnlyList<(string What, string Value)>> Describe(Station station, CommandLine wanted, CancellationToken ct)
    {
        var system = File.Exists("/etc/os-release")
            ? (await File.ReadAllLinesAsync("/etc/os-release", ct))
                .FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?[12..].Trim('"') : null;
        return
        [
            ("Run", $"{wanted.Length.TotalMinutes:0.#} minutes, seed {wanted.Seed}"),
            ("Machine",
                $"{Environment.ProcessorCount} cores for everything, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, "
                    + $"{system ?? RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}"),
            ("Broker", $"RabbitMQ {station.Broker.Version}"),
            ("Database", $"{station.DatabaseServer.Kind} {station.DatabaseServer.Version}"),
        ];
    }
}
