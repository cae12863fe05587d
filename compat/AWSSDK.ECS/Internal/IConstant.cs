using Amazon.Runtime;

namespace Amazon.ECS.Internal;

/// <summary>Allows one converter to read every constant class.</summary>
internal interface IConstant<T>
    where T : ConstantClass
{
    static abstract T FindValue(string value);
}
