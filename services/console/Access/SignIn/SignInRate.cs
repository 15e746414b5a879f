using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;

namespace Sigma.OperatorConsole.Access.SignIn;

/// <summary>How often passwords can be tried: from one address, and for one name whether or not there is such a user.</summary>
internal sealed class SignInRate : IDisposable
{
    /// <summary>Tries in a minute.</summary>
    public const int OfAddress = 20, OfName = 10;

    /// <summary>A minute.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    readonly PartitionedRateLimiter<string> _addresses = Limiter(OfAddress), _names = Limiter(OfName);

    /// <summary>Whether one more is allowed.</summary>
    public bool Allows(IPAddress? address, string name)
    {
        using var byAddress = _addresses.AttemptAcquire(Network(address));
        if (!byAddress.IsAcquired)
            return false;
        using var byName = _names.AttemptAcquire(name);
        return byName.IsAcquired;
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _names.Dispose();
    }

    static PartitionedRateLimiter<string> Limiter(int tries) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new()
        {
            TokenLimit = tries, TokensPerPeriod = 1, ReplenishmentPeriod = Period / tries, AutoReplenishment = true,
        }));

    // Whoever has one IPv6 address has 64 bits of them.
    static string Network(IPAddress? address)
    {
        if (address is null)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : $"{address}";
    }
}
