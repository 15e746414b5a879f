using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sigma.Gateway.Integrations;

namespace Sigma.Gateway.Intake;

/// <summary>The certificates by which senders sign, fetched from their own hosts once and kept for a day.</summary>
internal sealed class SigningCertificates
{
    const int LargestFile = 64 * 1024;

    static readonly TimeSpan KeptFor = TimeSpan.FromDays(1), Within = TimeSpan.FromSeconds(4);

    readonly CheckedAddress _addresses;
    readonly TimeProvider _time;
    readonly FetchedOnce<X509Certificate2> _certificates;

    public SigningCertificates(CheckedAddress addresses, TimeProvider time)
    {
        (_addresses, _time) = (addresses, time);
        _certificates = new(Read, time);
    }

    /// <summary>The one at an address.</summary>
    /// <exception cref="AddressRefusedException">It cannot be fetched, or is none that counts.</exception>
    public Task<X509Certificate2> Certificate(Uri address, CancellationToken ct) => _certificates.Get(address, (_, age) => age < KeptFor, ct);

    async Task<X509Certificate2> Read(Uri address)
    {
        using CancellationTokenSource limit = new(Within);
        byte[] file;
        try
        {
            file = await _addresses.Get(address, IntegrationKind.Aws, LargestFile, limit.Token);
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
        Check(certificate, address.Host, _time.GetUtcNow());
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
