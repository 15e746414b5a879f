using System.Data;
using Dapper;

namespace Sigma.Storage;

/// <summary>An id in a hand-written statement: 16 bytes, in the order it is written in, as EF Core's columns have it.</summary>
internal sealed class IdColumn : SqlMapper.TypeHandler<Guid>
{
    /// <summary>Has all statements read and write ids so.</summary>
    public static void Register()
    {
        SqlMapper.RemoveTypeMap(typeof(Guid));
        SqlMapper.RemoveTypeMap(typeof(Guid?));
        SqlMapper.AddTypeHandler(new IdColumn());
    }

    /// <inheritdoc/>
    public override Guid Parse(object value) => new((byte[])value, bigEndian: true);

    /// <inheritdoc/>
    public override void SetValue(IDbDataParameter parameter, Guid value)
    {
        parameter.DbType = DbType.Binary;
        parameter.Value = value.ToByteArray(bigEndian: true);
    }
}
