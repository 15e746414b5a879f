using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Sigma.TestServers;

namespace Sigma.IntegrationTests.Tls;

/// <summary>A certificate authority of a test's own, with the certificate of one server.</summary>
internal sealed class Authority : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-tls-");
    readonly X509Certificate2 _authority;

    public Authority(string name = "Test authority")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _authority = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(30));
        File.WriteAllText(PemFile, _authority.ExportCertificatePem());
    }

    /// <summary>The authority's own certificate, in PEM form.</summary>
    public string PemFile => Path.Combine(_folder.FullName, "authority.pem");

    /// <summary>A certificate made out to localhost, and not to 127.0.0.1.</summary>
    public X509Certificate2 ForLocalhost(DateTimeOffset? until = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var signed = request.Create(_authority, _authority.NotBefore, until ?? _authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
    }

    /// <summary>The same as files, for a database server.</summary>
    public ServerCertificate ForLocalhostAsFiles()
    {
        using var certificate = ForLocalhost();
        File.WriteAllText(Path.Combine(_folder.FullName, "server.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder.FullName, "server.key"), certificate.GetRSAPrivateKey()!.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder.FullName, (UnixFileMode)0b111_101_101); // the server in a container is another user
        return new ServerCertificate(_folder.FullName, "authority.pem", "server.pem", "server.key");
    }

    public void Dispose()
    {
        _authority.Dispose();
        _folder.Delete(recursive: true);
    }
}
