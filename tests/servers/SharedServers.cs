using System.Diagnostics;
using System.Globalization;
using Sigma.TestServers.Databases;
using Sigma.TestServers.Processes;
using Sigma.TestServers.RabbitMq;

namespace Sigma.TestServers;

/// <summary>One pair of servers for a command and all processes it starts.</summary>
internal static class SharedServers
{
    public static async Task<int> Run(string[] command, CancellationToken ct)
    {
        var starting = (Broker: RabbitMqServer.Get(ct), Database: DatabaseServer.Get(ct));
        // Both settle before one failure is told, so that the other one is not left behind.
        await Task.WhenAll(starting.Broker, starting.Database).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None,
            TaskScheduler.Default);
        await using var broker = starting.Broker.IsCompletedSuccessfully ? await starting.Broker : null;
        await using var database = starting.Database.IsCompletedSuccessfully ? await starting.Database : null;
        await Task.WhenAll(starting.Broker, starting.Database);

        Console.WriteLine($"RabbitMQ {broker!.Version} on port {broker.Port}, {broker.Origin}");
        Console.WriteLine($"{database!.Kind} {database.Version} on port {database.Port}, {database.Origin}");

        var start = new ProcessStartInfo(command[0], command[1..]);
        start.Environment[RabbitMqAddress.Variable] = Uri("amqp", broker.Host, broker.Port, broker.Username, broker.Password);
        start.Environment[RabbitMqAddress.ManagementVariable] = broker.ManagementUrl.ToString();
        start.Environment[RabbitMqAddress.MetricsVariable] = broker.MetricsUrl.ToString();
        start.Environment[DatabaseAddress.Variable] = Uri("mysql", database.Host, database.Port, database.Username, database.Password);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{command[0]} did not start.");
        await using var passOn = ct.Register(() => Signals.Terminate(process.Id));
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode;
    }

    static string Uri(string scheme, string host, int port, string username, string password) => string.Create(CultureInfo.InvariantCulture,
        $"{scheme}://{System.Uri.EscapeDataString(username)}:{System.Uri.EscapeDataString(password)}@{host}:{port}");
}
