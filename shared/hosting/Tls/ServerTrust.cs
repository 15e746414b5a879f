using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Sigma.Hosting.Tls;

/// <summary>
/// Which servers' certificates are good: made out to the name that was asked for, in date, and signed by an authority of the system or of one more
/// file. Remembers what was wrong with the last one that was refused.
/// </summary>
public sealed class ServerTrust
{
    readonly X509Certificate2Collection _authorities = [];
    volatile string? _refusal;

    /// <param name="authorityFile">PEM file of authorities that are trusted besides the system's; empty for none.</param>
    public ServerTrust(string authorityFile)
    {
        if (authorityFile.Length > 0)
            _authorities.ImportFromPemFile(authorityFile);
    }

    /// <summary>What was wrong with the last certificate; null when nothing was, or none was seen.</summary>
    public string? Refusal => _refusal;

    /// <summary>For <see cref="SslClientAuthenticationOptions.RemoteCertificateValidationCallback"/> and its like.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _refusal = errors switch
        {
            SslPolicyErrors.None => null,
            _ when certificate is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable) => "it shows no certificate",
            _ when errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) =>
                $"its certificate is not made out to {(sender as SslStream)?.TargetHostName ?? "the name it was called by"}",
            _ => ByOurAuthorities(new X509Certificate2(certificate), chain),
        };
        return _refusal is null;
    }

    string? ByOurAuthorities(X509Certificate2 certificate, X509Chain? seen)
    {
        var because = seen;
        using var ours = new X509Chain();
        if (_authorities.Count > 0)
        {
            ours.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            ours.ChainPolicy.CustomTrustStore.AddRange(_authorities);
            ours.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
            ours.ChainPolicy.ApplicationPolicy.Add(new Oid("1.3.6.1.5.5.7.3.1")); // a server's
            foreach (var between in seen?.ChainElements.Select(e => e.Certificate) ?? [])
                ours.ChainPolicy.ExtraStore.Add(between);
            if (ours.Build(certificate))
                return null;
            because = ours;
        }
        var statuses = because?.ChainStatus.Select(s => s.Status) ?? [];
        return statuses.Contains(X509ChainStatusFlags.NotTimeValid)
            ? $"its certificate is good from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u} only"
            : $"its certificate is not signed by an authority that is trusted here ({string.Join(", ", statuses.Distinct())})";
    }
}
