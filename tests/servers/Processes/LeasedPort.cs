using System.Net;
using System.Net.Sockets;

namespace Sigma.TestServers.Processes;

/// <summary>A free loopback port that no other process of ours will choose as long as this is held.</summary>
internal sealed class LeasedPort : IDisposable
{
    /// <summary>Below the ports that systems hand out to clients: else a reconnecting client may sit on the port of a restarting server.</summary>
    const int First = 20_000, End = 32_000;

    readonly FileStream _lease;

    LeasedPort(int number, FileStream lease)
    {
        Number = number;
        _lease = lease;
    }

    public int Number { get; }

    public static LeasedPort Take()
    {
        var leases = Directory.CreateDirectory(Path.Combine(PrivateFolder.Root, "ports")).FullName;
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var number = Random.Shared.Next(First, End);
            if (FileLock.TryTake(Path.Combine(leases, $"{number}"), FileOptions.DeleteOnClose) is not { } lease) continue;
            if (IsFree(number)) return new LeasedPort(number, lease);
            lease.Dispose();
        }
        throw new InvalidOperationException($"No free loopback port between {First} and {End - 1}.");
    }

    public void Dispose() => _lease.Dispose();

    static bool IsFree(int number)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, number);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
