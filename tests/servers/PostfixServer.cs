using Sigma.TestServers.Processes;

namespace Sigma.TestServers;

/// <summary>
/// A real Postfix with folders of its own, from installed programs. It takes mail for <c>example.org</c> from one user who signs in over TLS, and
/// keeps that of two recipients. Its master must be root.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    /// <summary>Who may send.</summary>
    public const string User = "tracker", Password = "postfix-password";

    static readonly string[] Services =
    [
        "cleanup unix n - n - 0 cleanup", "qmgr unix n - n 300 1 qmgr", "tlsmgr unix - - n 1000? 1 tlsmgr", "rewrite unix - - n - - trivial-rewrite",
        "bounce unix - - n - 0 bounce", "defer unix - - n - 0 bounce", "trace unix - - n - 0 bounce", "proxymap unix - - n - - proxymap",
        "error unix - - n - - error", "retry unix - - n - - error", "virtual unix - n n - - virtual", "anvil unix - - n - 1 anvil",
        "postlog unix-dgram n - n - 1 postlogd",
    ];

    readonly LeasedPort _port;
    readonly PrivateFolder _folder;
    readonly InstalledServer _server;

    PostfixServer(LeasedPort port, PrivateFolder folder, InstalledServer server)
    {
        _port = port;
        _folder = folder;
        _server = server;
    }

    /// <summary>Why there can be none on this machine; null when there can.</summary>
    public static string? Missing =>
        CommandLine.Find("postfix") is null || CommandLine.Find("saslpasswd2") is null
            ? "needs postfix (Debian and Ubuntu: apt-get install postfix sasl2-bin libsasl2-modules)"
            : Environment.IsPrivilegedProcess ? null : "needs root, whom Postfix must be started by";

    /// <summary>Where it listens on loopback.</summary>
    public int Port => _port.Number;

    /// <summary>Prepares one that shows this certificate; <see cref="Start"/> starts it.</summary>
    public static async Task<PostfixServer> Prepare(ServerCertificate certificate, CancellationToken ct = default)
    {
        var port = LeasedPort.Take();
        var folder = await PrivateFolder.Create("postfix", ct);
        var daemons = await Said("postconf", ["-dh", "daemon_directory"], ct);
        var server = new InstalledServer(folder, "postfix", Path.Combine(daemons, "master"), ["-c", folder.Path, "-d"], [], []);
        var postfix = new PostfixServer(port, folder, server);
        try
        {
            foreach (var name in new[] { "queue", "data", "mail", "sasl" })
                folder.CreateFolder(name);
            await File.WriteAllTextAsync(folder.Combine("main.cf"), await postfix.Settings(daemons, certificate, ct), ct);
            await File.WriteAllLinesAsync(folder.Combine("master.cf"), [$"127.0.0.1:{port.Number} inet n - n - - smtpd", .. Services], ct);
            await File.WriteAllTextAsync(folder.Combine("sasl/smtpd.conf"),
                $"pwcheck_method: auxprop\nauxprop_plugin: sasldb\nmech_list: PLAIN LOGIN\nsasldb_path: {folder.Combine("sasl/users")}\n", ct);
            await Said("/bin/sh",
            [
                "-c", """
                      export PATH="$PATH:/usr/sbin"; cd "$1" && printf %s "$3" | saslpasswd2 -p -c -f sasl/users -u example.org "$2" &&
                      chown postfix data mail sasl/users && postfix -c "$1" check
                      """, "sh", folder.Path, User, Password,
            ], ct);
            return postfix;
        }
        catch
        {
            await postfix.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it, and waits until it answers.</summary>
    public async Task Start(CancellationToken ct = default)
    {
        await _server.Start(ct);
        await Readiness.Await(_server, "Postfix", TimeSpan.FromSeconds(60), async token =>
        {
            using System.Net.Sockets.TcpClient client = new();
            await client.ConnectAsync("127.0.0.1", Port, token);
            using StreamReader reader = new(client.GetStream());
            if ((await reader.ReadLineAsync(token))?.StartsWith("220 ", StringComparison.Ordinal) != true)
                throw new IOException("it does not greet");
        }, ct);
    }

    /// <summary>The mail of <c>zoe</c> or <c>ana</c>, as it was put down, oldest first.</summary>
    public async Task<IReadOnlyList<string>> MailOf(string recipient, CancellationToken ct = default)
    {
        var folder = new DirectoryInfo(_folder.Combine($"mail/{recipient}/new"));
        List<string> mails = [];
        if (!folder.Exists) return mails;
        foreach (var file in folder.GetFiles().OrderBy(file => file.LastWriteTimeUtc))
            mails.Add(await File.ReadAllTextAsync(file.FullName, ct));
        return mails;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _folder.DisposeAsync();
        _port.Dispose();
    }

    async Task<string> Settings(string daemons, ServerCertificate certificate, CancellationToken ct)
    {
        var own = _folder.Path;
        return $$"""
            compatibility_level = 3.6
            queue_directory = {{own}}/queue
            data_directory = {{own}}/data
            daemon_directory = {{daemons}}
            mail_owner = postfix
            myhostname = mail.example.org
            mydestination =
            inet_interfaces = loopback-only
            inet_protocols = ipv4
            virtual_mailbox_domains = example.org
            virtual_mailbox_base = {{own}}/mail
            virtual_mailbox_maps = inline:{ zoe@example.org=zoe/ ana@example.org=ana/ }
            virtual_minimum_uid = 1
            virtual_uid_maps = static:{{await Said("id", ["-u", "postfix"], ct)}}
            virtual_gid_maps = static:{{await Said("id", ["-g", "postfix"], ct)}}
            virtual_alias_maps =
            alias_maps =
            alias_database =
            smtpd_tls_cert_file = {{certificate.Folder}}/{{certificate.CertificateFile}}
            smtpd_tls_key_file = {{certificate.Folder}}/{{certificate.KeyFile}}
            smtpd_tls_security_level = may
            smtpd_tls_auth_only = yes
            smtpd_sasl_auth_enable = yes
            smtpd_sasl_path = smtpd
            cyrus_sasl_config_path = {{own}}/sasl
            smtpd_sasl_local_domain = example.org
            smtpd_relay_restrictions = permit_sasl_authenticated, reject
            maillog_file = {{own}}/postfix.mail.log
            maillog_file_prefixes = {{own}}

            """;
    }

    static async Task<string> Said(string program, string[] arguments, CancellationToken ct) =>
        (await CommandLine.Run(CommandLine.Find(program) ?? program, arguments, ct)).OrThrow().Output;
}
