using Sigma.TestServers.Processes;

namespace Sigma.TestServers.Databases;

/// <summary>Settings of a database server that shares nothing with another one on the same machine, and is as durable as a real one.</summary>
internal static class DatabaseBinaries
{
    /// <summary>The same for every origin: what benchmarks measure must not depend on it.</summary>
    public static readonly string[] Tuning =
        ["--innodb-buffer-pool-size=512M", "--innodb-flush-log-at-trx-commit=1", "--skip-log-bin", "--max-connections=1000", "--skip-name-resolve"];

    public static string? Find() => CommandLine.Find("mariadbd", "mysqld");

    public static async Task<InstalledServer> Initialized(string program, PrivateFolder folder, DatabaseAddress address,
        ServerCertificate? certificate, CancellationToken ct)
    {
        var isMariaDb = (await CommandLine.Run(program, ["--version"], ct)).OrThrow().Output.Contains("MariaDB", StringComparison.OrdinalIgnoreCase);
        var data = folder.Combine("data");
        // A server deletes the temporary tables it finds at its start: in a folder shared with another one they are that one's.
        var temporary = $"--tmpdir={Directory.CreateDirectory(folder.Combine("tmp")).FullName}";
        // Both refuse to run as root unless they are told to.
        string[] user = Environment.IsPrivilegedProcess ? ["--user=root", temporary] : [temporary];
        await (isMariaDb ? InstallMariaDb(data, user, ct) : InstallMySql(program, data, user, ct));

        var firstStatements = folder.Combine("init.sql");
        await File.WriteAllTextAsync(firstStatements,
            $"""
             CREATE USER IF NOT EXISTS '{address.Username}'@'%' IDENTIFIED BY '{address.Password}';
             GRANT ALL PRIVILEGES ON *.* TO '{address.Username}'@'%' WITH GRANT OPTION;

             """, ct);
        string[] arguments =
        [
            "--no-defaults", $"--datadir={data}", $"--socket={folder.Combine("db.sock")}", $"--pid-file={folder.Combine("database-itself")}",
            "--bind-address=127.0.0.1", $"--port={address.Port}", "--skip-networking=0", $"--init-file={firstStatements}", .. user, .. Tuning,
            .. certificate?.DatabaseOptions(certificate.Folder) ?? []
        ];
        return new InstalledServer(folder, "database", program, isMariaDb ? arguments : [.. arguments, "--mysqlx=OFF"], [], ["MYSQL_", "MARIADB_",
            "NOTIFY_SOCKET"]);
    }

    static async Task InstallMariaDb(string data, string[] user, CancellationToken ct)
    {
        var install = CommandLine.Find("mariadb-install-db", "mysql_install_db")
            ?? throw new InvalidOperationException("mariadbd is installed, but mariadb-install-db is not.");
        (await CommandLine.Run(install,
            ["--no-defaults", $"--datadir={data}", "--auth-root-authentication-method=normal", "--skip-test-db", .. user], ct)).OrThrow();
    }

    static async Task InstallMySql(string program, string data, string[] user, CancellationToken ct) =>
        (await CommandLine.Run(program, ["--no-defaults", "--initialize-insecure", $"--datadir={data}", .. user], ct)).OrThrow();
}
