using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.Data.Sqlite;
using Sigma.Probes;
using Sigma.Storage;

namespace Sigma.Fetcher.Sources.Probes.BuiltIn;

/// <summary>Parameters of the probe <c>sql</c>.</summary>
public sealed class SqlParameters : IValidatableObject
{
    /// <summary><c>MySql</c> (or MariaDB) or <c>Sqlite</c>.</summary>
    public StorageProvider Provider { get; set; } = StorageProvider.MySql;

    /// <summary>An ADO.NET connection string, or a <c>mysql://</c> address; never logged.</summary>
    [Required]
    public string ConnectionString { get; set; } = "";

    /// <summary>A query whose first column of its first row is the number. It runs in a transaction that may only read.</summary>
    [Required]
    public string Query { get; set; } = "";

    /// <summary>Name of the series.</summary>
    [Required, StringLength(200)]
    public string Series { get; set; } = "probe_value";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        // Not the driver's words: it repeats what it does not understand, which may be a part of the password.
        if (ConnectionString.Length > 0 && !CanBeRead())
            yield return new ValidationResult("cannot be read: it must be key=value pairs the driver knows, or an address of the form mysql://…",
                [nameof(ConnectionString)]);
    }

    internal DbConnection Connect() => Provider == StorageProvider.Sqlite
        ? new SqliteConnection(new SqliteConnectionStringBuilder(ConnectionString) { Mode = SqliteOpenMode.ReadOnly }.ToString())
        : Dialects.Of(Provider).Connect(ConnectionString);

    bool CanBeRead()
    {
        try
        {
            Connect().Dispose();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or DbException or IOException)
        {
            return false;
        }
    }
}

/// <summary>The number that a query answers with.</summary>
internal sealed class SqlProbe : Probe<SqlParameters>
{
    public override string Name => "sql";

    public override string Description => "asks a database for a number";

    protected override async Task<ProbeAnswer> Check(SqlParameters parameters, CancellationToken ct)
    {
        await using var connection = parameters.Connect();
        await connection.OpenAsync(ct);
        if (parameters.Provider == StorageProvider.MySql)
            await connection.ExecuteAsync(new CommandDefinition("start transaction read only", cancellationToken: ct));
        await using var command = connection.CreateCommand();
        command.CommandText = parameters.Query;
        var answer = await command.ExecuteScalarAsync(ct); // closing the connection rolls back
        return ProbeAnswer.Measured(new ProbeSample(parameters.Series, Number(answer)));
    }

    static double Number(object? answer) => answer switch
    {
        null => throw new InvalidDataException("the query answers with no row"),
        DBNull => throw new InvalidDataException("the query answers with nothing"),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number,
        IConvertible number and not string and not DateTime => number.ToDouble(CultureInfo.InvariantCulture),
        _ => throw new InvalidDataException("what the query answers with is no number"),
    };
}
