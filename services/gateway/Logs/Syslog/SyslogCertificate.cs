using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Sigma.Gateway.Logs.Syslog;

/// <summary>
/// The certificate that syslog over TLS shows, read again when its file has changed; and who of the senders is let in by one of theirs.
/// </summary>
internal sealed class SyslogCertificate(SyslogOptions options, ILogger log)
{
    const string OfAClient = "1.3.6.1.5.5.7.3.2";

    readonly Lock _lock = new();
    readonly X509Certificate2Collection _authorities = Authorities(options.ClientAuthorityFile);
    SslStreamCertificateContext? _shown;
    DateTime _written;

    /// <summary>How a connection is begun.</summary>
    public SslServerAuthenticationOptions Options() => new()
    {
        ServerCertificateContext = Shown(),
        ClientCertificateRequired = _authorities.Count > 0,
        RemoteCertificateValidationCallback = (_, certificate, chain, _) => _authorities.Count == 0 || IsTrusted(certificate, chain),
    };

    SslStreamCertificateContext Shown()
    {
        lock (_lock)
        {
            var written = File.GetLastWriteTimeUtc(options.CertificateFile);
            if (_shown is not null && written == _written)
                return _shown;
            try
            {
                using var pem = X509Certificate2.CreateFromPemFile(options.CertificateFile, options.KeyFile);
                X509Certificate2Collection chain = [];
                chain.ImportFromPemFile(options.CertificateFile);
                // By way of PKCS#12: a key that was only read from PEM is not taken everywhere.
                var certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
                _shown = SslStreamCertificateContext.Create(certificate, chain, offline: true);
                _written = written;
            }
            catch (Exception e) when (_shown is not null)
            {
                // Half written as yet: the former one holds until it is whole.
                log.LogWarning("The certificate for syslog cannot be read again, the former one is shown: {Reason}", e.Message);
            }
            return _shown;
        }
    }

    bool IsTrusted(X509Certificate? certificate, X509Chain? seen)
    {
        if (certificate is null)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new(OfAClient));
        foreach (var between in seen?.ChainElements.Select(element => element.Certificate) ?? [])
            chain.ChainPolicy.ExtraStore.Add(between);
        return chain.Build(certificate as X509Certificate2 ?? new X509Certificate2(certificate));
    }

    static X509Certificate2Collection Authorities(string file)
    {
        X509Certificate2Collection authorities = [];
        if (file.Length > 0)
            authorities.ImportFromPemFile(file);
        return authorities;
    }
}
