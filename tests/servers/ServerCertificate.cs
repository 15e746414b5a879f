namespace Sigma.TestServers;

/// <summary>What a server shows of itself over TLS: PEM files in one folder.</summary>
public sealed record ServerCertificate(string Folder, string AuthorityFile, string CertificateFile, string KeyFile)
{
    internal const string InContainer = "/tls";

    /// <summary>Options of a MySQL or MariaDB server, the files seen from <paramref name="folder"/>.</summary>
    internal string[] DatabaseOptions(string folder) =>
        [$"--ssl-ca={folder}/{AuthorityFile}", $"--ssl-cert={folder}/{CertificateFile}", $"--ssl-key={folder}/{KeyFile}"];
}
