using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Update;
using Pomelo.EntityFrameworkCore.MySql.Infrastructure.Internal;
using Pomelo.EntityFrameworkCore.MySql.Migrations;

#pragma warning disable EF1001 // the constructor of the class it derives from takes it

namespace Sigma.Storage.Schema;

/// <summary>
/// MySQL cannot take back DDL: a migration that ends in the middle leaves what it has made. So each statement looks first whether its work is done,
/// and the next start repeats the migration. A script for a person has the plain statements.
/// </summary>
internal sealed class RepeatableMigrations(MigrationsSqlGeneratorDependencies dependencies, ICommandBatchPreparer batches, IMySqlOptions options)
    : MySqlMigrationsSqlGenerator(dependencies, batches, options)
{
    // MySQL and MariaDB each read the comment that is theirs.
    const string CompareBytes = "/*!80017 COLLATE utf8mb4_0900_bin */ /*M!100201 COLLATE utf8mb4_nopad_bin */";

    public override IReadOnlyList<MigrationCommand> Generate(IReadOnlyList<MigrationOperation> operations, IModel? model = null,
        MigrationsSqlGenerationOptions options = MigrationsSqlGenerationOptions.Default)
    {
        MigrationCommandListBuilder commands = new(Dependencies);
        foreach (var operation in operations)
        {
            foreach (var command in base.Generate([operation], model, options))
            {
                var sql = command.CommandText.Replace($"COLLATE {ServiceContext.Bytes}", CompareBytes, StringComparison.Ordinal);
                commands.Append(options.HasFlag(MigrationsSqlGenerationOptions.Script) ? sql : Repeatable(operation, sql))
                    .EndCommand(command.TransactionSuppressed);
            }
        }
        return commands.GetCommandList();
    }

    static string Repeatable(MigrationOperation operation, string sql) => operation switch
    {
        // whoever asks for it says "if not exists" himself
        CreateTableOperation create when create.Name.EndsWith(ServiceSchema.HistorySuffix, StringComparison.Ordinal) => sql,
        CreateTableOperation => Start(sql, "CREATE TABLE ", "CREATE TABLE IF NOT EXISTS "),
        DropTableOperation => Start(sql, "DROP TABLE ", "DROP TABLE IF EXISTS "),
        AddColumnOperation add => Unless(Column(add.Table, add.Name), sql),
        DropColumnOperation drop => If(Column(drop.Table, drop.Name), sql),
        RenameColumnOperation rename => If(Column(rename.Table, rename.Name), sql),
        CreateIndexOperation create => Unless(Index(create.Table, create.Name), sql),
        DropIndexOperation drop => If(Index(drop.Table!, drop.Name), sql),
        AlterColumnOperation or SqlOperation => sql,
        _ => throw new NotSupportedException(
            $"{operation.GetType().Name} cannot be repeated: write the statement so that it can, with migrationBuilder.Sql."),
    };

    static string Start(string sql, string plain, string repeatable) => sql.StartsWith(plain, StringComparison.Ordinal)
        ? repeatable + sql[plain.Length..]
        : throw new NotSupportedException($"A statement does not begin with {plain.TrimEnd()}: {sql}");

    static string Column(string table, string name) => Found("columns", "column_name", table, name);

    static string Index(string table, string name) => Found("statistics", "index_name", table, name);

    static string Found(string view, string column, string table, string name) => string.Create(CultureInfo.InvariantCulture,
        $"(select count(*) from information_schema.{view} where table_schema = database() and table_name = '{table}' and {column} = '{name}')");

    static string Unless(string found, string sql) => Conditional($"{found} = 0", sql);

    static string If(string found, string sql) => Conditional($"{found} > 0", sql);

    // There is no "if" outside a procedure.
    static string Conditional(string condition, string sql) =>
        $"set @statement = if({condition}, '{sql.Trim().TrimEnd(';').Replace("\\", "\\\\").Replace("'", "''")}', 'do 0'); " +
        "prepare migration from @statement; execute migration; deallocate prepare migration;";
}
