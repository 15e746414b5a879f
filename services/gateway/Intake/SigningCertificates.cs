using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Intake;

/// <summary>
/// The certificates by which senders sign, fetched from their own hosts once and kept for a day; a few of them, for a sender could name any number.
/// </summary>
internal sealed class SigningCertificates(CheckedAddress addresses, TimeProvider time)
{
    const int Most = 50, LargestFile = 64 * 1024;

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(1), Within = TimeSpan.FromSeconds(4);

    readonly ConcurrentDictionary<Uri, (X509Certificate2 Certificate, DateTimeOffset Until)> _known = [];
    readonly ConcurrentDictionary<Uri, Lazy<Task<X509Certificate2>>> _fetched = [];

    // Deliveries that come together wait for one call.
    public async Task<X509Certificate2> Certificate(Uri address, CancellationToken ct) =>
        Known(address, time.GetUtcNow()) ?? await _fetched.GetOrAdd(address, one => new(() => Fetch(one))).Value.WaitAsync(ct);

    async Task<X509Certificate2> Fetch(Uri address)
    {
        try
        {
            var now = time.GetUtcNow();
            if (Known(address, now) is { } known)
                return known; // the call before has just ended
            var certificate = await Read(address, now);
            if (_known.Count >= Most)
                _known.Clear();
            _known[address] = (certificate, now + KeptFor);
            return certificate;
        }
        finally
        {
            _fetched.TryRemove(address, out _);
        }
    }

    X509Certificate2? Known(Uri address, DateTimeOffset now) =>
        _known.TryGetValue(address, out var known) && now < known.Until ? known.Certificate : null;

    async Task<X509Certificate2> Read(Uri address, DateTimeOffset now)
    {
        using CancellationTokenSource limit = new(Within);
        byte[] file;
        try
        {
            file = await addresses.Get(address, IntegrationKind.Aws, LargestFile, limit.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new AddressRefusedException($"{address.Host} did not answer within {Within.TotalSeconds:0} s", e);
        }
        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(System.Text.Encoding.ASCII.GetString(file));
        }
        catch (CryptographicException e)
        {
            throw new AddressRefusedException($"{address.Host} answered with something else than a certificate", e);
        }
        Check(certificate, address.Host, now);
        return certificate;
    }

    static void Check(X509Certificate2 certificate, string host, DateTimeOffset now)
    {
        if (now < certificate.NotBefore || now > certificate.NotAfter)
            throw new AddressRefusedException($"the certificate of {host} is not valid at this time");
        using X509Chain chain = new();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        // The authority between may not be in the file: then the host that it came from, whose own certificate was checked, stands for it.
        if (!chain.Build(certificate) && chain.ChainStatus.Any(status => status.Status is X509ChainStatusFlags.Revoked
            or X509ChainStatusFlags.NotTimeValid or X509ChainStatusFlags.ExplicitDistrust))
            throw new AddressRefusedException($"the certificate of {host} is not trusted");
        if (!certificate.MatchesHostname("sns.amazonaws.com") && !certificate.MatchesHostname(host))
            throw new AddressRefusedException($"the certificate that {host} gave is not Amazon SNS's") { IsFinal = true };
    }
}
