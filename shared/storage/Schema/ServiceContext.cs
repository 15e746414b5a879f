using System.ComponentModel;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Sigma.Storage.Schema;

/// <summary>
/// The tables of one service. An entity says what both databases share; how ids, times and labels are stored is decided here, once.
/// Columns are named in snake_case after the properties. Values are never made by the database, but for a number that is a table's own key.
/// </summary>
public abstract class ServiceContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>The collation that compares bytes. MariaDB calls it by another name; <see cref="RepeatableMigrations"/> writes both.</summary>
    internal const string Bytes = "utf8mb4_0900_bin";

    /// <summary>The annotation of an entity for what its table holds; the schema for import says so above the table.</summary>
    internal const string Holds = "Sigma:Holds";

    /// <summary>Whether the model is for MySQL and MariaDB.</summary>
    protected bool IsMySql => Database.IsMySql();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        var ids = conventions.Properties<Guid>().HaveConversion<IdBytes>();
        conventions.Properties<DateTimeOffset>().HaveConversion<Milliseconds>();
        conventions.Properties<Dictionary<string, string>>().HaveConversion<LabelsText, LabelsComparer>().HaveMaxLength(1000);
        var times = conventions.Properties<DateTime>().HaveConversion<UtcTime>();
        if (!IsMySql)
            return;
        ids.HaveColumnType("binary(16)");
        times.HaveColumnType("datetime");
    }

    /// <inheritdoc />
    protected override void OnModelCreating(ModelBuilder model)
    {
        if (IsMySql)
            model.HasCharSet("utf8mb4", DelegationModes.ApplyToTables);
        foreach (var entity in model.Model.GetEntityTypes())
            Configure(entity);
    }

    void Configure(IMutableEntityType entity)
    {
        if (entity.ClrType.GetCustomAttribute<DescriptionAttribute>() is { } description)
            entity.SetAnnotation(Holds, description.Description);
        if (IsMySql)
            entity.SetTableOptions(new() { ["ENGINE"] = "InnoDB" });
        foreach (var property in entity.GetProperties())
            Configure(property);
    }

    void Configure(IMutableProperty property)
    {
        property.SetColumnName(SnakeCase(property.Name));
        var isNumber = property.ClrType == typeof(int) || property.ClrType == typeof(long) || property.ClrType == typeof(uint);
        var isOwnKey = isNumber && property.IsPrimaryKey() && property.DeclaringType.ContainingEntityType.FindPrimaryKey()!.Properties.Count == 1;
        if (property.PropertyInfo is not { } declared)
            return;
        if (declared.GetCustomAttribute<ZeroAttribute>() is not null)
            property.SetDefaultValue(property.ClrType == typeof(DateTimeOffset)
                ? DateTimeOffset.UnixEpoch : Activator.CreateInstance(property.ClrType));
        if (declared.GetCustomAttribute<NowAttribute>() is not null)
            property.SetDefaultValueSql("current_timestamp");
        property.ValueGenerated = isOwnKey ? ValueGenerated.OnAdd : ValueGenerated.Never;
        if (IsMySql && declared.GetCustomAttribute<ByBytesAttribute>() is not null)
            property.SetCollation(Bytes);
        if (IsMySql && declared.GetCustomAttribute<LongTextAttribute>() is { } text)
            property.SetColumnType(text.MySqlType);
    }

    static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
