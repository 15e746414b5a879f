using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Sigma.Gateway.Integrations;
using Sigma.Hosting.Http;

namespace Sigma.Gateway.Intake;

/// <summary>An address that a sender named is not called, or did not answer as it should.</summary>
internal sealed class AddressRefusedException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>Whether asking again cannot help.</summary>
    public bool IsFinal { get; init; }
}

/// <summary>
/// Calls addresses that senders name, such as that which confirms a subscription. https alone, only hosts of the vendor, whose addresses are public
/// when they are connected to; no redirects, and a short answer within a few seconds. It is looked at before any call: else whoever can send could
/// have us call what only we can reach.
/// </summary>
internal sealed partial class CheckedAddress
{
    static readonly TimeSpan Timeout = TimeSpan.FromSeconds(8);

    readonly HttpClient _http;
    readonly ConfirmationOptions _options;

    public CheckedAddress(ApiClients clients, IOptions<GatewayOptions> options)
    {
        _options = options.Value.Confirmations;
        _http = clients.Create("gateway-confirmations", new ApiClientSettings
        {
            SecretAddress = true, FollowRedirects = false, PublicAddressesOnly = !_options.AllowPrivateAddresses, CaFile = _options.CaFile,
        });
    }

    /// <summary>What is wrong with an address that a sender of this kind named; null when it may be called.</summary>
    public string? Fault(Uri address, string kind)
    {
        if (!address.IsAbsoluteUri || address.Scheme != Uri.UriSchemeHttps)
            return "it is not https";
        if (address.UserInfo.Length > 0)
            return "it names a user";
        if (_options.Hosts.TryGetValue(kind, out var own) && Array.Exists(own.Split(',', StringSplitOptions.TrimEntries), host => Is(address, host)))
            return null;
        if (!address.IsDefaultPort)
            return "it names a port";
        var isTheirs = kind switch
        {
            IntegrationKind.Aws => Sns().IsMatch(address.Host),
            IntegrationKind.Oci => Oracle().IsMatch(address.Host),
            IntegrationKind.Azure => Entra().IsMatch(address.Host),
            _ => false,
        };
        return isTheirs ? null : $"its host {address.Host} is none of {kind}'s";
    }

    // One that begins with a dot is the end of host names, as of a realm that has a host of its own in each region.
    static bool Is(Uri address, string host) => host is ['.', _, ..]
        ? address.IsDefaultPort && address.Host.EndsWith(host, StringComparison.OrdinalIgnoreCase) : host == address.Authority;

    /// <summary>What an address answers.</summary>
    /// <exception cref="AddressRefusedException">It is not called, or did not answer as it should.</exception>
    public async Task<byte[]> Get(Uri address, string kind, int largest, CancellationToken ct)
    {
        if (Fault(address, kind) is { } fault)
            throw new AddressRefusedException($"the address is not called: {fault}") { IsFinal = true };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Timeout);
        try
        {
            using var answer = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            if (!answer.IsSuccessStatusCode)
                throw new AddressRefusedException($"{address.Host} answered {(int)answer.StatusCode}")
                {
                    IsFinal = (int)answer.StatusCode is >= 400 and < 500 and not 408 and not 429,
                };
            await using BoundedBody body = new(await answer.Content.ReadAsStreamAsync(limit.Token), largest,
                () => new AddressRefusedException($"{address.Host} answered more than {largest:#,0} bytes"));
            using MemoryStream all = new();
            await body.CopyToAsync(all, limit.Token);
            return all.ToArray();
        }
        catch (PrivateAddressException e)
        {
            throw new AddressRefusedException(e.Message, e) { IsFinal = true };
        }
        catch (HttpRequestException e) when (e.GetBaseException() is PrivateAddressException inner)
        {
            throw new AddressRefusedException(inner.Message, e) { IsFinal = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new AddressRefusedException(
                e is OperationCanceledException ? $"{address.Host} did not answer within {Timeout.TotalSeconds:0} s" : e.Message, e);
        }
    }

    [GeneratedRegex(@"^sns\.[a-zA-Z0-9-]{3,}\.amazonaws\.com(\.cn)?$")]
    private static partial Regex Sns();

    [GeneratedRegex(@"^([a-zA-Z0-9-]+\.)+oraclecloud\.com$")]
    private static partial Regex Oracle();

    [GeneratedRegex(@"^(login\.microsoftonline\.(com|us)|login\.partner\.microsoftonline\.cn)$")]
    private static partial Regex Entra();
}
