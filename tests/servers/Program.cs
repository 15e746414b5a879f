using System.Runtime.InteropServices;
using Sigma.TestServers;

if (args is not ["run", "--", _, ..])
{
    Console.Error.WriteLine("Starts RabbitMQ and a database server, names them in the environment of a command, and ends them with it:");
    Console.Error.WriteLine("  Sigma.TestServers run -- <command> [arguments]");
    return 2;
}

using var stopping = new CancellationTokenSource();
// Ctrl+C reaches the command by itself; the servers stay until it has ended.
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Ask);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Ask);
try
{
    return await SharedServers.Run(args[2..], stopping.Token);
}
catch (OperationCanceledException) when (stopping.IsCancellationRequested)
{
    return 130;
}
catch (Exception failure)
{
    Console.Error.WriteLine(failure.Message);
    return 3;
}

void Ask(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
