// Made by asking LLVM 22's backends; GeneratedFileTests says how.

extension LibcallTable {
  /// A line an operation, sorted by name.
  static let generated: StaticString = #"""
    O0 fptosi half to i128	__fixhfti					-
    O0 fptoui fp128 to i1	__fixtfsi					__fixunstfsi
    O0 fptoui fp128 to i16	__fixtfsi					__fixunstfsi
    O0 fptoui fp128 to i8	__fixtfsi					__fixunstfsi
    O0 fptoui half to i128	__fixunshfti					-
    O0 llvm.fptosi.sat.i128.f16	__extendhfsf2 __fixsfti		__fixsfti		__extendhfsf2 __fixsfti	-
    O0 llvm.fptosi.sat.i32.bf16	__truncsfbf2					-
    O0 llvm.fptosi.sat.i32.f128	__fixtfsi __getf2 __gttf2 __unordtf2					__fixtfsi __gttf2 __lttf2 __unordtf2
    O0 llvm.fptosi.sat.i64.bf16	__truncsfbf2					-
    O0 llvm.fptosi.sat.i64.f128	__fixtfdi __getf2 __gttf2 __unordtf2					__fixtfdi __gttf2 __lttf2 __unordtf2
    O0 llvm.fptoui.sat.i128.f16	__extendhfsf2 __fixunssfti		__fixunssfti		__extendhfsf2 __fixunssfti	-
    O0 llvm.fptoui.sat.i32.bf16	__truncsfbf2					-
    O0 llvm.fptoui.sat.i32.f128	__fixunstfsi __getf2 __gttf2					__fixunstfsi __gttf2 __lttf2
    O0 llvm.fptoui.sat.i64.bf16	__truncsfbf2					-
    O0 llvm.fptoui.sat.i64.f128	__fixunstfdi __getf2 __gttf2					__fixunstfdi __gttf2 __lttf2
    O0 llvm.llrint.i64.bf16	__truncsfbf2					-
    O0 llvm.llround.i64.bf16	__truncsfbf2 llroundf					-
    O0 llvm.lrint.i64.bf16	__truncsfbf2					-
    O0 llvm.lround.i64.bf16	__truncsfbf2 lroundf					-
    O0 llvm.memcpy.p0.p0.i64 (2: i64 128) (3: i1 false)	memcpy
    O0 llvm.memcpy.p0.p0.i64 (2: i64 256) (3: i1 false)	memcpy
    O0 llvm.memcpy.p0.p0.i64 (2: i64 64) (3: i1 false)	memcpy
    O0 llvm.memmove.p0.p0.i64 (2: i64 128) (3: i1 false)	-					memmove
    O0 llvm.memmove.p0.p0.i64 (2: i64 256) (3: i1 false)	memmove		-		memmove
    O0 llvm.memmove.p0.p0.i64 (2: i64 64) (3: i1 false)	-					memmove
    O0 llvm.memset.p0.i64 (2: i64 0) (3: i1 false)	memset					-
    O0 llvm.memset.p0.i64 (2: i64 1) (3: i1 false)	memset					-
    O0 llvm.memset.p0.i64 (2: i64 128) (3: i1 false)	memset
    O0 llvm.memset.p0.i64 (2: i64 16) (3: i1 false)	memset					-
    O0 llvm.memset.p0.i64 (2: i64 2) (3: i1 false)	memset					-
    O0 llvm.memset.p0.i64 (2: i64 256) (3: i1 false)	memset
    O0 llvm.memset.p0.i64 (2: i64 32) (3: i1 false)	memset					-
    O0 llvm.memset.p0.i64 (2: i64 4) (3: i1 false)	memset					-
    O0 llvm.memset.p0.i64 (2: i64 512) (3: i1 false)	memset
    O0 llvm.memset.p0.i64 (2: i64 64) (3: i1 false)	memset
    O0 llvm.memset.p0.i64 (2: i64 8) (3: i1 false)	memset					-
    O0 llvm.powi.f128.i32 (1: i32 -1)	__divtf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 -2)	__divtf3 __multf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 0)	-					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 1)	-					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 2)	__multf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 3)	__multf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 4)	__multf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 5)	__multf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 6)	__multf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 7)	__multf3					__powitf2
    O0 llvm.powi.f128.i32 (1: i32 8)	__multf3					__powitf2
    O0 llvm.powi.f16.i32 (1: i32 -1)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 -2)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 0)	-					__powisf2
    O0 llvm.powi.f16.i32 (1: i32 1)	-					__powisf2
    O0 llvm.powi.f16.i32 (1: i32 2)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 3)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 4)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 5)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 6)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 7)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f16.i32 (1: i32 8)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	__powisf2
    O0 llvm.powi.f32.i32 (1: i32 -1)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 -2)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 0)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 1)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 2)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 3)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 4)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 5)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 6)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 7)	-					__powisf2
    O0 llvm.powi.f32.i32 (1: i32 8)	-					__powisf2
    O0 llvm.powi.f64.i32 (1: i32 -1)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 -2)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 0)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 1)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 2)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 3)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 4)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 5)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 6)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 7)	-					__powidf2
    O0 llvm.powi.f64.i32 (1: i32 8)	-					__powidf2
    contract fcmp one fp128	__eqtf2 __unordtf2
    contract fcmp ueq fp128	__eqtf2 __unordtf2
    contract fcmp uge fp128	__lttf2
    contract fcmp ugt fp128	__letf2
    contract fcmp ule fp128	__gttf2
    contract fcmp ult fp128	__getf2
    contract llvm.fma.bf16	__truncsfbf2 fmaf		__truncsfbf2		__truncsfbf2 fmaf	-
    contract llvm.fma.f32	fmaf		-		fmaf	-
    contract llvm.fma.f64	fma		-		fma	-
    contract llvm.fma.f80	fmal					?
    contract llvm.fma.v16f32	fmaf		-		fmaf	-
    contract llvm.fma.v2f32	fmaf		-		fmaf	-
    contract llvm.fma.v2f64	fma		-		fma	-
    contract llvm.fma.v4f16	__extendhfsf2 __truncdfhf2 fma		__truncdfhf2		__extendhfsf2 __truncdfhf2 fma	-
    contract llvm.fma.v4f32	fmaf		-		fmaf	-
    contract llvm.fma.v4f64	fma		-		fma	-
    contract llvm.fma.v8f16	__extendhfsf2 __truncdfhf2 fma		__truncdfhf2		__extendhfsf2 __truncdfhf2 fma	-
    contract llvm.fma.v8f32	fmaf		-		fmaf	-
    contract llvm.fma.v8f64	fma		-		fma	-
    contract llvm.maximumnum.f128	__eqtf2 __gttf2 __trunctfsf2 __unordtf2
    contract llvm.maxnum.f128	fmaxf128				fmaxl
    contract llvm.maxnum.f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    contract llvm.maxnum.f80	fmaxl					?
    contract llvm.maxnum.v4f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    contract llvm.maxnum.v8f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    contract llvm.minimumnum.f128	__eqtf2 __lttf2 __trunctfsf2 __unordtf2
    contract llvm.minnum.f128	fminf128				fminl
    contract llvm.minnum.f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    contract llvm.minnum.f80	fminl					?
    contract llvm.minnum.v4f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    contract llvm.minnum.v8f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    contract llvm.vector.reduce.fmax.v4f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    contract llvm.vector.reduce.fmax.v8f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    contract llvm.vector.reduce.fmin.v4f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    contract llvm.vector.reduce.fmin.v8f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    fadd <4 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fadd <8 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fadd fp128	__addtf3
    fadd half	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fadd x86_fp80	-					?
    fast fcmp one fp128	__netf2
    fast fcmp ueq fp128	__eqtf2
    fast fcmp uge fp128	__getf2
    fast fcmp ugt fp128	__gttf2
    fast fcmp ule fp128	__letf2
    fast fcmp ult fp128	__lttf2
    fast llvm.fma.bf16	__truncsfbf2					-
    fast llvm.fma.f32	-
    fast llvm.fma.f64	-
    fast llvm.fma.f80	-					?
    fast llvm.fma.v16f32	-
    fast llvm.fma.v2f32	-
    fast llvm.fma.v2f64	-
    fast llvm.fma.v4f16	__extendhfsf2 __truncdfhf2 fma		-		__extendhfsf2 __truncdfhf2 fma	-
    fast llvm.fma.v4f32	-
    fast llvm.fma.v4f64	-
    fast llvm.fma.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fast llvm.fma.v8f32	-
    fast llvm.fma.v8f64	-
    fast llvm.maximumnum.f128	__gttf2
    fast llvm.maxnum.f128	__gttf2
    fast llvm.maxnum.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fast llvm.maxnum.f80	-					?
    fast llvm.maxnum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fast llvm.maxnum.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fast llvm.minimumnum.f128	__lttf2
    fast llvm.minnum.f128	__lttf2
    fast llvm.minnum.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fast llvm.minnum.f80	-					?
    fast llvm.minnum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fast llvm.minnum.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fast llvm.vector.reduce.fmax.v4f16	__extendhfsf2		-		__extendhfsf2	-
    fast llvm.vector.reduce.fmax.v8f16	__extendhfsf2		-		__extendhfsf2	-
    fast llvm.vector.reduce.fmin.v4f16	__extendhfsf2		-		__extendhfsf2	-
    fast llvm.vector.reduce.fmin.v8f16	__extendhfsf2		-		__extendhfsf2	-
    fcmp oeq <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp oeq <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp oeq fp128	__eqtf2
    fcmp oeq half	__extendhfsf2		-		__extendhfsf2	-
    fcmp oeq x86_fp80	-					?
    fcmp oge <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp oge <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp oge fp128	__getf2
    fcmp oge half	__extendhfsf2		-		__extendhfsf2	-
    fcmp oge x86_fp80	-					?
    fcmp ogt <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ogt <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ogt fp128	__gttf2
    fcmp ogt half	__extendhfsf2		-		__extendhfsf2	-
    fcmp ogt x86_fp80	-					?
    fcmp ole <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ole <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ole fp128	__letf2
    fcmp ole half	__extendhfsf2		-		__extendhfsf2	-
    fcmp ole x86_fp80	-					?
    fcmp olt <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp olt <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp olt fp128	__lttf2
    fcmp olt half	__extendhfsf2		-		__extendhfsf2	-
    fcmp olt x86_fp80	-					?
    fcmp one <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp one <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp one fp128	__eqtf2 __unordtf2
    fcmp one half	__extendhfsf2		-		__extendhfsf2	-
    fcmp one x86_fp80	-					?
    fcmp ord <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ord <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ord fp128	__unordtf2
    fcmp ord half	__extendhfsf2		-		__extendhfsf2	-
    fcmp ord x86_fp80	-					?
    fcmp ueq <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ueq <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ueq fp128	__eqtf2 __unordtf2
    fcmp ueq half	__extendhfsf2		-		__extendhfsf2	-
    fcmp ueq x86_fp80	-					?
    fcmp uge <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp uge <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp uge fp128	__lttf2
    fcmp uge half	__extendhfsf2		-		__extendhfsf2	-
    fcmp uge x86_fp80	-					?
    fcmp ugt <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ugt <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ugt fp128	__letf2
    fcmp ugt half	__extendhfsf2		-		__extendhfsf2	-
    fcmp ugt x86_fp80	-					?
    fcmp ule <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ule <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ule fp128	__gttf2
    fcmp ule half	__extendhfsf2		-		__extendhfsf2	-
    fcmp ule x86_fp80	-					?
    fcmp ult <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ult <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp ult fp128	__getf2
    fcmp ult half	__extendhfsf2		-		__extendhfsf2	-
    fcmp ult x86_fp80	-					?
    fcmp une <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp une <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp une fp128	__netf2
    fcmp une half	__extendhfsf2		-		__extendhfsf2	-
    fcmp une x86_fp80	-					?
    fcmp uno <4 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp uno <8 x half>	__extendhfsf2		-		__extendhfsf2	-
    fcmp uno fp128	__unordtf2
    fcmp uno half	__extendhfsf2		-		__extendhfsf2	-
    fcmp uno x86_fp80	-					?
    fdiv <4 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fdiv <8 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fdiv fp128	__divtf3
    fdiv half	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fdiv x86_fp80	-					?
    fmul <4 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fmul <8 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fmul fp128	__multf3
    fmul half	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fmul x86_fp80	-					?
    fpext <4 x half> to <4 x double>	__extendhfsf2		-		__extendhfsf2	-
    fpext <4 x half> to <4 x float>	__extendhfsf2		-		__extendhfsf2	-
    fpext <8 x half> to <8 x double>	__extendhfsf2		-		__extendhfsf2	-
    fpext <8 x half> to <8 x float>	__extendhfsf2		-		__extendhfsf2	-
    fpext bfloat to double	-
    fpext bfloat to float	-
    fpext bfloat to fp128	__extendsftf2					!Cannot select: f128 = bf16_to_fp
    fpext bfloat to x86_fp80	-					?
    fpext double to fp128	__extenddftf2
    fpext double to x86_fp80	-					?
    fpext float to fp128	__extendsftf2
    fpext float to x86_fp80	-					?
    fpext half to double	__extendhfsf2		-		__extendhfsf2	-
    fpext half to float	__extendhfsf2		-		__extendhfsf2	-
    fpext half to fp128	__extendhftf2
    fpext half to x86_fp80	__extendhfxf2					?
    fpext x86_fp80 to fp128	__extendxftf2					?
    fptosi bfloat to i1	-
    fptosi bfloat to i128	__fixsfti
    fptosi bfloat to i16	-
    fptosi bfloat to i32	-
    fptosi bfloat to i64	-
    fptosi bfloat to i8	-
    fptosi double to i128	__fixdfti
    fptosi float to i128	__fixsfti
    fptosi fp128 to i1	__fixtfsi
    fptosi fp128 to i128	__fixtfti
    fptosi fp128 to i16	__fixtfsi
    fptosi fp128 to i32	__fixtfsi
    fptosi fp128 to i64	__fixtfdi
    fptosi fp128 to i8	__fixtfsi
    fptosi half to i1	__extendhfsf2		-		__extendhfsf2	-
    fptosi half to i128	__fixhfti
    fptosi half to i16	__extendhfsf2		-		__extendhfsf2	-
    fptosi half to i32	__extendhfsf2		-		__extendhfsf2	-
    fptosi half to i64	__extendhfsf2		-		__extendhfsf2	-
    fptosi half to i8	__extendhfsf2		-		__extendhfsf2	-
    fptosi x86_fp80 to i1	-					?
    fptosi x86_fp80 to i128	__fixxfti					?
    fptosi x86_fp80 to i16	-					?
    fptosi x86_fp80 to i32	-					?
    fptosi x86_fp80 to i64	-					?
    fptosi x86_fp80 to i8	-					?
    fptoui bfloat to i1	-
    fptoui bfloat to i128	__fixunssfti
    fptoui bfloat to i16	-
    fptoui bfloat to i32	-
    fptoui bfloat to i64	-
    fptoui bfloat to i8	-
    fptoui double to i128	__fixunsdfti
    fptoui float to i128	__fixunssfti
    fptoui fp128 to i1	__fixtfsi
    fptoui fp128 to i128	__fixunstfti
    fptoui fp128 to i16	__fixtfsi
    fptoui fp128 to i32	__fixunstfsi
    fptoui fp128 to i64	__fixunstfdi
    fptoui fp128 to i8	__fixtfsi
    fptoui half to i1	__extendhfsf2		-		__extendhfsf2	-
    fptoui half to i128	__fixunshfti
    fptoui half to i16	__extendhfsf2		-		__extendhfsf2	-
    fptoui half to i32	__extendhfsf2		-		__extendhfsf2	-
    fptoui half to i64	__extendhfsf2		-		__extendhfsf2	-
    fptoui half to i8	__extendhfsf2		-		__extendhfsf2	-
    fptoui x86_fp80 to i1	-					?
    fptoui x86_fp80 to i128	__fixunsxfti					?
    fptoui x86_fp80 to i16	-					?
    fptoui x86_fp80 to i32	-					?
    fptoui x86_fp80 to i64	-					?
    fptoui x86_fp80 to i8	-					?
    fptrunc <4 x double> to <4 x half>	__truncdfhf2					-
    fptrunc <4 x float> to <4 x half>	__truncsfhf2		-		__truncsfhf2	-
    fptrunc <8 x double> to <8 x half>	__truncdfhf2					-
    fptrunc <8 x float> to <8 x half>	__truncsfhf2		-		__truncsfhf2	-
    fptrunc double to bfloat	__truncdfbf2					-
    fptrunc double to half	__truncdfhf2					-
    fptrunc float to bfloat	__truncsfbf2					-
    fptrunc float to half	__truncsfhf2		-		__truncsfhf2	-
    fptrunc fp128 to bfloat	__trunctfbf2					__eqtf2 __extendsftf2 __gttf2 __trunctfsf2 __unordtf2
    fptrunc fp128 to double	__trunctfdf2
    fptrunc fp128 to float	__trunctfsf2
    fptrunc fp128 to half	__trunctfhf2
    fptrunc fp128 to x86_fp80	__trunctfxf2					?
    fptrunc x86_fp80 to bfloat	__truncxfbf2					?
    fptrunc x86_fp80 to double	-					?
    fptrunc x86_fp80 to float	-					?
    fptrunc x86_fp80 to half	__truncxfhf2					?
    frem <16 x float>	fmodf
    frem <2 x double>	fmod
    frem <2 x float>	fmodf
    frem <4 x double>	fmod
    frem <4 x float>	fmodf
    frem <4 x half>	__extendhfsf2 __truncsfhf2 fmodf		fmodf		__extendhfsf2 __truncsfhf2 fmodf	fmodf
    frem <8 x double>	fmod
    frem <8 x float>	fmodf
    frem <8 x half>	__extendhfsf2 __truncsfhf2 fmodf		fmodf		__extendhfsf2 __truncsfhf2 fmodf	fmodf
    frem bfloat	__truncsfbf2 fmodf					fmodf
    frem double	fmod
    frem float	fmodf
    frem fp128	fmodf128				fmodl
    frem half	__extendhfsf2 __truncsfhf2 fmodf		fmodf		__extendhfsf2 __truncsfhf2 fmodf	fmodf
    frem x86_fp80	fmodl					?
    fsub <4 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fsub <8 x half>	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fsub fp128	__subtf3
    fsub half	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    fsub x86_fp80	-					?
    llvm.acos.bf16	__truncsfbf2 acosf					acosf
    llvm.acos.f128	acosf128				acosl
    llvm.acos.f16	__extendhfsf2 __truncsfhf2 acosf		acosf		__extendhfsf2 __truncsfhf2 acosf	acosf
    llvm.acos.f32	acosf
    llvm.acos.f64	acos
    llvm.acos.f80	acosl					?
    llvm.acos.v16f32	acosf
    llvm.acos.v2f32	acosf
    llvm.acos.v2f64	acos
    llvm.acos.v4f16	__extendhfsf2 __truncsfhf2 acosf		acosf		__extendhfsf2 __truncsfhf2 acosf	acosf
    llvm.acos.v4f32	acosf
    llvm.acos.v4f64	acos
    llvm.acos.v8f16	__extendhfsf2 __truncsfhf2 acosf		acosf		__extendhfsf2 __truncsfhf2 acosf	acosf
    llvm.acos.v8f32	acosf
    llvm.acos.v8f64	acos
    llvm.asin.bf16	__truncsfbf2 asinf					asinf
    llvm.asin.f128	asinf128				asinl
    llvm.asin.f16	__extendhfsf2 __truncsfhf2 asinf		asinf		__extendhfsf2 __truncsfhf2 asinf	asinf
    llvm.asin.f32	asinf
    llvm.asin.f64	asin
    llvm.asin.f80	asinl					?
    llvm.asin.v16f32	asinf
    llvm.asin.v2f32	asinf
    llvm.asin.v2f64	asin
    llvm.asin.v4f16	__extendhfsf2 __truncsfhf2 asinf		asinf		__extendhfsf2 __truncsfhf2 asinf	asinf
    llvm.asin.v4f32	asinf
    llvm.asin.v4f64	asin
    llvm.asin.v8f16	__extendhfsf2 __truncsfhf2 asinf		asinf		__extendhfsf2 __truncsfhf2 asinf	asinf
    llvm.asin.v8f32	asinf
    llvm.asin.v8f64	asin
    llvm.atan.bf16	__truncsfbf2 atanf					atanf
    llvm.atan.f128	atanf128				atanl
    llvm.atan.f16	__extendhfsf2 __truncsfhf2 atanf		atanf		__extendhfsf2 __truncsfhf2 atanf	atanf
    llvm.atan.f32	atanf
    llvm.atan.f64	atan
    llvm.atan.f80	atanl					?
    llvm.atan.v16f32	atanf
    llvm.atan.v2f32	atanf
    llvm.atan.v2f64	atan
    llvm.atan.v4f16	__extendhfsf2 __truncsfhf2 atanf		atanf		__extendhfsf2 __truncsfhf2 atanf	atanf
    llvm.atan.v4f32	atanf
    llvm.atan.v4f64	atan
    llvm.atan.v8f16	__extendhfsf2 __truncsfhf2 atanf		atanf		__extendhfsf2 __truncsfhf2 atanf	atanf
    llvm.atan.v8f32	atanf
    llvm.atan.v8f64	atan
    llvm.atan2.bf16	__truncsfbf2 atan2f					atan2f
    llvm.atan2.f128	atan2f128				atan2l
    llvm.atan2.f16	__extendhfsf2 __truncsfhf2 atan2f		atan2f		__extendhfsf2 __truncsfhf2 atan2f	atan2f
    llvm.atan2.f32	atan2f
    llvm.atan2.f64	atan2
    llvm.atan2.f80	atan2l					?
    llvm.atan2.v16f32	atan2f
    llvm.atan2.v2f32	atan2f
    llvm.atan2.v2f64	atan2
    llvm.atan2.v4f16	__extendhfsf2 __truncsfhf2 atan2f		atan2f		__extendhfsf2 __truncsfhf2 atan2f	atan2f
    llvm.atan2.v4f32	atan2f
    llvm.atan2.v4f64	atan2
    llvm.atan2.v8f16	__extendhfsf2 __truncsfhf2 atan2f		atan2f		__extendhfsf2 __truncsfhf2 atan2f	atan2f
    llvm.atan2.v8f32	atan2f
    llvm.atan2.v8f64	atan2
    llvm.ceil.bf16	__truncsfbf2 ceilf	__truncsfbf2			__truncsfbf2 ceilf	-
    llvm.ceil.f128	ceilf128				ceill
    llvm.ceil.f16	__extendhfsf2 __truncsfhf2 ceilf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 ceilf	-
    llvm.ceil.f32	ceilf	-			ceilf	-
    llvm.ceil.f64	ceil	-			ceil	-
    llvm.ceil.f80	ceill					?
    llvm.ceil.v16f32	ceilf	-			ceilf	-
    llvm.ceil.v2f32	ceilf	-			ceilf	-
    llvm.ceil.v2f64	ceil	-			ceil	-
    llvm.ceil.v4f16	__extendhfsf2 __truncsfhf2 ceilf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 ceilf	-
    llvm.ceil.v4f32	ceilf	-			ceilf	-
    llvm.ceil.v4f64	ceil	-			ceil	-
    llvm.ceil.v8f16	__extendhfsf2 __truncsfhf2 ceilf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 ceilf	-
    llvm.ceil.v8f32	ceilf	-			ceilf	-
    llvm.ceil.v8f64	ceil	-			ceil	-
    llvm.copysign.bf16	-
    llvm.copysign.f128	-
    llvm.copysign.f16	-
    llvm.copysign.f32	-
    llvm.copysign.f64	-
    llvm.copysign.f80	-					?
    llvm.copysign.v16f32	-
    llvm.copysign.v2f32	-
    llvm.copysign.v2f64	-
    llvm.copysign.v4f16	-
    llvm.copysign.v4f32	-
    llvm.copysign.v4f64	-
    llvm.copysign.v8f16	-
    llvm.copysign.v8f32	-
    llvm.copysign.v8f64	-
    llvm.cos.bf16	__truncsfbf2 cosf					cosf
    llvm.cos.f128	cosf128				cosl
    llvm.cos.f16	__extendhfsf2 __truncsfhf2 cosf		cosf		__extendhfsf2 __truncsfhf2 cosf	cosf
    llvm.cos.f32	cosf
    llvm.cos.f64	cos
    llvm.cos.f80	cosl					?
    llvm.cos.v16f32	cosf
    llvm.cos.v2f32	cosf
    llvm.cos.v2f64	cos
    llvm.cos.v4f16	__extendhfsf2 __truncsfhf2 cosf		cosf		__extendhfsf2 __truncsfhf2 cosf	cosf
    llvm.cos.v4f32	cosf
    llvm.cos.v4f64	cos
    llvm.cos.v8f16	__extendhfsf2 __truncsfhf2 cosf		cosf		__extendhfsf2 __truncsfhf2 cosf	cosf
    llvm.cos.v8f32	cosf
    llvm.cos.v8f64	cos
    llvm.cosh.bf16	__truncsfbf2 coshf					coshf
    llvm.cosh.f128	coshf128				coshl
    llvm.cosh.f16	__extendhfsf2 __truncsfhf2 coshf		coshf		__extendhfsf2 __truncsfhf2 coshf	coshf
    llvm.cosh.f32	coshf
    llvm.cosh.f64	cosh
    llvm.cosh.f80	coshl					?
    llvm.cosh.v16f32	coshf
    llvm.cosh.v2f32	coshf
    llvm.cosh.v2f64	cosh
    llvm.cosh.v4f16	__extendhfsf2 __truncsfhf2 coshf		coshf		__extendhfsf2 __truncsfhf2 coshf	coshf
    llvm.cosh.v4f32	coshf
    llvm.cosh.v4f64	cosh
    llvm.cosh.v8f16	__extendhfsf2 __truncsfhf2 coshf		coshf		__extendhfsf2 __truncsfhf2 coshf	coshf
    llvm.cosh.v8f32	coshf
    llvm.cosh.v8f64	cosh
    llvm.exp.bf16	__truncsfbf2 expf					expf
    llvm.exp.f128	expf128				expl
    llvm.exp.f16	__extendhfsf2 __truncsfhf2 expf		expf		__extendhfsf2 __truncsfhf2 expf	expf
    llvm.exp.f32	expf
    llvm.exp.f64	exp
    llvm.exp.f80	expl					?
    llvm.exp.v16f32	expf
    llvm.exp.v2f32	expf
    llvm.exp.v2f64	exp
    llvm.exp.v4f16	__extendhfsf2 __truncsfhf2 expf		expf		__extendhfsf2 __truncsfhf2 expf	expf
    llvm.exp.v4f32	expf
    llvm.exp.v4f64	exp
    llvm.exp.v8f16	__extendhfsf2 __truncsfhf2 expf		expf		__extendhfsf2 __truncsfhf2 expf	expf
    llvm.exp.v8f32	expf
    llvm.exp.v8f64	exp
    llvm.exp10.bf16	__truncsfbf2 exp10f					exp10f
    llvm.exp10.f128	exp10f128				exp10l
    llvm.exp10.f16	__extendhfsf2 __truncsfhf2 exp10f		exp10f		__extendhfsf2 __truncsfhf2 exp10f	exp10f
    llvm.exp10.f32	exp10f
    llvm.exp10.f64	exp10
    llvm.exp10.f80	exp10l					?
    llvm.exp10.v16f32	exp10f
    llvm.exp10.v2f32	exp10f
    llvm.exp10.v2f64	exp10
    llvm.exp10.v4f16	__extendhfsf2 __truncsfhf2 exp10f		exp10f		__extendhfsf2 __truncsfhf2 exp10f	exp10f
    llvm.exp10.v4f32	exp10f
    llvm.exp10.v4f64	exp10
    llvm.exp10.v8f16	__extendhfsf2 __truncsfhf2 exp10f		exp10f		__extendhfsf2 __truncsfhf2 exp10f	exp10f
    llvm.exp10.v8f32	exp10f
    llvm.exp10.v8f64	exp10
    llvm.exp2.bf16	__truncsfbf2 exp2f					exp2f
    llvm.exp2.f128	exp2f128				exp2l
    llvm.exp2.f16	__extendhfsf2 __truncsfhf2 exp2f		exp2f		__extendhfsf2 __truncsfhf2 exp2f	exp2f
    llvm.exp2.f32	exp2f
    llvm.exp2.f64	exp2
    llvm.exp2.f80	exp2l					?
    llvm.exp2.v16f32	exp2f
    llvm.exp2.v2f32	exp2f
    llvm.exp2.v2f64	exp2
    llvm.exp2.v4f16	__extendhfsf2 __truncsfhf2 exp2f		exp2f		__extendhfsf2 __truncsfhf2 exp2f	exp2f
    llvm.exp2.v4f32	exp2f
    llvm.exp2.v4f64	exp2
    llvm.exp2.v8f16	__extendhfsf2 __truncsfhf2 exp2f		exp2f		__extendhfsf2 __truncsfhf2 exp2f	exp2f
    llvm.exp2.v8f32	exp2f
    llvm.exp2.v8f64	exp2
    llvm.experimental.constrained.acos.f32	acosf
    llvm.experimental.constrained.acos.f64	acos
    llvm.experimental.constrained.asin.f32	asinf
    llvm.experimental.constrained.asin.f64	asin
    llvm.experimental.constrained.atan.f32	atanf
    llvm.experimental.constrained.atan.f64	atan
    llvm.experimental.constrained.atan2.f32	atan2f
    llvm.experimental.constrained.atan2.f64	atan2
    llvm.experimental.constrained.ceil.f32	ceilf	-			ceilf	-
    llvm.experimental.constrained.ceil.f64	ceil	-			ceil	-
    llvm.experimental.constrained.cos.f32	cosf
    llvm.experimental.constrained.cos.f64	cos
    llvm.experimental.constrained.cosh.f32	coshf
    llvm.experimental.constrained.cosh.f64	cosh
    llvm.experimental.constrained.exp.f32	expf
    llvm.experimental.constrained.exp.f64	exp
    llvm.experimental.constrained.exp2.f32	exp2f
    llvm.experimental.constrained.exp2.f64	exp2
    llvm.experimental.constrained.fadd.f32	-
    llvm.experimental.constrained.fadd.f64	-
    llvm.experimental.constrained.fdiv.f32	-
    llvm.experimental.constrained.fdiv.f64	-
    llvm.experimental.constrained.floor.f32	floorf	-			floorf	-
    llvm.experimental.constrained.floor.f64	floor	-			floor	-
    llvm.experimental.constrained.fma.f32	fmaf		-		fmaf	-
    llvm.experimental.constrained.fma.f64	fma		-		fma	-
    llvm.experimental.constrained.fmul.f32	-
    llvm.experimental.constrained.fmul.f64	-
    llvm.experimental.constrained.frem.f32	fmodf
    llvm.experimental.constrained.frem.f64	fmod
    llvm.experimental.constrained.fsub.f32	-
    llvm.experimental.constrained.fsub.f64	-
    llvm.experimental.constrained.ldexp.f32.i32	ldexpf
    llvm.experimental.constrained.ldexp.f64.i32	ldexp
    llvm.experimental.constrained.llrint.i64.f32	llrintf					-
    llvm.experimental.constrained.llrint.i64.f64	llrint					-
    llvm.experimental.constrained.llround.i64.f32	llroundf					-
    llvm.experimental.constrained.llround.i64.f64	llround					-
    llvm.experimental.constrained.log.f32	logf
    llvm.experimental.constrained.log.f64	log
    llvm.experimental.constrained.log10.f32	log10f
    llvm.experimental.constrained.log10.f64	log10
    llvm.experimental.constrained.log2.f32	log2f
    llvm.experimental.constrained.log2.f64	log2
    llvm.experimental.constrained.lrint.i64.f32	lrintf					-
    llvm.experimental.constrained.lrint.i64.f64	lrint					-
    llvm.experimental.constrained.lround.i64.f32	lroundf					-
    llvm.experimental.constrained.lround.i64.f64	lround					-
    llvm.experimental.constrained.maximum.f32	!Cannot select: f32,ch = strict_fmaximum					-
    llvm.experimental.constrained.maximum.f64	!Cannot select: f64,ch = strict_fmaximum					-
    llvm.experimental.constrained.maxnum.f32	fmaxf					-
    llvm.experimental.constrained.maxnum.f64	fmax					-
    llvm.experimental.constrained.minimum.f32	!Cannot select: f32,ch = strict_fminimum					-
    llvm.experimental.constrained.minimum.f64	!Cannot select: f64,ch = strict_fminimum					-
    llvm.experimental.constrained.minnum.f32	fminf					-
    llvm.experimental.constrained.minnum.f64	fmin					-
    llvm.experimental.constrained.nearbyint.f32	nearbyintf	-			nearbyintf	-
    llvm.experimental.constrained.nearbyint.f64	nearbyint	-			nearbyint	-
    llvm.experimental.constrained.pow.f32	powf
    llvm.experimental.constrained.pow.f64	pow
    llvm.experimental.constrained.powi.f32	__powisf2
    llvm.experimental.constrained.powi.f64	__powidf2
    llvm.experimental.constrained.rint.f32	rintf	-			rintf	-
    llvm.experimental.constrained.rint.f64	rint	-			rint	-
    llvm.experimental.constrained.round.f32	roundf					-
    llvm.experimental.constrained.round.f64	round					-
    llvm.experimental.constrained.roundeven.f32	roundevenf	-			roundevenf	-
    llvm.experimental.constrained.roundeven.f64	roundeven	-			roundeven	-
    llvm.experimental.constrained.sin.f32	sinf
    llvm.experimental.constrained.sin.f64	sin
    llvm.experimental.constrained.sinh.f32	sinhf
    llvm.experimental.constrained.sinh.f64	sinh
    llvm.experimental.constrained.sqrt.f32	-
    llvm.experimental.constrained.sqrt.f64	-
    llvm.experimental.constrained.tan.f32	tanf
    llvm.experimental.constrained.tan.f64	tan
    llvm.experimental.constrained.tanh.f32	tanhf
    llvm.experimental.constrained.tanh.f64	tanh
    llvm.experimental.constrained.trunc.f32	truncf	-			truncf	-
    llvm.experimental.constrained.trunc.f64	trunc	-			trunc	-
    llvm.fabs.bf16	-
    llvm.fabs.f128	-
    llvm.fabs.f16	-
    llvm.fabs.f32	-
    llvm.fabs.f64	-
    llvm.fabs.f80	-					?
    llvm.fabs.v16f32	-
    llvm.fabs.v2f32	-
    llvm.fabs.v2f64	-
    llvm.fabs.v4f16	-
    llvm.fabs.v4f32	-
    llvm.fabs.v4f64	-
    llvm.fabs.v8f16	-
    llvm.fabs.v8f32	-
    llvm.fabs.v8f64	-
    llvm.floor.bf16	__truncsfbf2 floorf	__truncsfbf2			__truncsfbf2 floorf	-
    llvm.floor.f128	floorf128				floorl
    llvm.floor.f16	__extendhfsf2 __truncsfhf2 floorf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 floorf	-
    llvm.floor.f32	floorf	-			floorf	-
    llvm.floor.f64	floor	-			floor	-
    llvm.floor.f80	floorl					?
    llvm.floor.v16f32	floorf	-			floorf	-
    llvm.floor.v2f32	floorf	-			floorf	-
    llvm.floor.v2f64	floor	-			floor	-
    llvm.floor.v4f16	__extendhfsf2 __truncsfhf2 floorf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 floorf	-
    llvm.floor.v4f32	floorf	-			floorf	-
    llvm.floor.v4f64	floor	-			floor	-
    llvm.floor.v8f16	__extendhfsf2 __truncsfhf2 floorf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 floorf	-
    llvm.floor.v8f32	floorf	-			floorf	-
    llvm.floor.v8f64	floor	-			floor	-
    llvm.fma.bf16	__truncsfbf2 fmaf		__truncsfbf2		__truncsfbf2 fmaf	-
    llvm.fma.f128	fmaf128				fmal
    llvm.fma.f16	__extendhfsf2 __truncdfhf2 fma		__truncdfhf2		__extendhfsf2 __truncdfhf2 fma	-
    llvm.fma.f32	fmaf		-		fmaf	-
    llvm.fma.f64	fma		-		fma	-
    llvm.fma.f80	fmal					?
    llvm.fma.v16f32	fmaf		-		fmaf	-
    llvm.fma.v2f32	fmaf		-		fmaf	-
    llvm.fma.v2f64	fma		-		fma	-
    llvm.fma.v4f16	__extendhfsf2 __truncdfhf2 fma		__truncdfhf2		__extendhfsf2 __truncdfhf2 fma	-
    llvm.fma.v4f32	fmaf		-		fmaf	-
    llvm.fma.v4f64	fma		-		fma	-
    llvm.fma.v8f16	__extendhfsf2 __truncdfhf2 fma		__truncdfhf2		__extendhfsf2 __truncdfhf2 fma	-
    llvm.fma.v8f32	fmaf		-		fmaf	-
    llvm.fma.v8f64	fma		-		fma	-
    llvm.fmuladd.bf16	__truncsfbf2					-
    llvm.fmuladd.f128	__addtf3 __multf3
    llvm.fmuladd.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.fmuladd.f32	-
    llvm.fmuladd.f64	-
    llvm.fmuladd.f80	-					?
    llvm.fmuladd.v16f32	-
    llvm.fmuladd.v2f32	-
    llvm.fmuladd.v2f64	-
    llvm.fmuladd.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.fmuladd.v4f32	-
    llvm.fmuladd.v4f64	-
    llvm.fmuladd.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.fmuladd.v8f32	-
    llvm.fmuladd.v8f64	-
    llvm.fptosi.sat.i128.bf16	__fixsfti
    llvm.fptosi.sat.i128.f128	__fixtfti __getf2 __gttf2 __unordtf2
    llvm.fptosi.sat.i128.f16	__extendhfsf2 __fixsfti		__fixsfti		__extendhfsf2 __fixsfti	__fixsfti
    llvm.fptosi.sat.i128.f32	__fixsfti
    llvm.fptosi.sat.i128.f64	__fixdfti
    llvm.fptosi.sat.i128.f80	__fixxfti					?
    llvm.fptosi.sat.i32.bf16	-
    llvm.fptosi.sat.i32.f128	__fixtfsi __getf2 __gttf2 __unordtf2
    llvm.fptosi.sat.i32.f16	__extendhfsf2		-		__extendhfsf2	-
    llvm.fptosi.sat.i32.f32	-
    llvm.fptosi.sat.i32.f64	-
    llvm.fptosi.sat.i32.f80	-					?
    llvm.fptosi.sat.i64.bf16	-
    llvm.fptosi.sat.i64.f128	__fixtfdi __getf2 __gttf2 __unordtf2
    llvm.fptosi.sat.i64.f16	__extendhfsf2		-		__extendhfsf2	-
    llvm.fptosi.sat.i64.f32	-
    llvm.fptosi.sat.i64.f64	-
    llvm.fptosi.sat.i64.f80	-					?
    llvm.fptoui.sat.i128.bf16	__fixunssfti
    llvm.fptoui.sat.i128.f128	__fixunstfti __getf2 __gttf2
    llvm.fptoui.sat.i128.f16	__extendhfsf2 __fixunssfti		__fixunssfti		__extendhfsf2 __fixunssfti	__fixunssfti
    llvm.fptoui.sat.i128.f32	__fixunssfti
    llvm.fptoui.sat.i128.f64	__fixunsdfti
    llvm.fptoui.sat.i128.f80	__fixunsxfti					?
    llvm.fptoui.sat.i32.bf16	-
    llvm.fptoui.sat.i32.f128	__fixunstfsi __getf2 __gttf2
    llvm.fptoui.sat.i32.f16	__extendhfsf2		-		__extendhfsf2	-
    llvm.fptoui.sat.i32.f32	-
    llvm.fptoui.sat.i32.f64	-
    llvm.fptoui.sat.i32.f80	-					?
    llvm.fptoui.sat.i64.bf16	-
    llvm.fptoui.sat.i64.f128	__fixunstfdi __getf2 __gttf2
    llvm.fptoui.sat.i64.f16	__extendhfsf2		-		__extendhfsf2	-
    llvm.fptoui.sat.i64.f32	-
    llvm.fptoui.sat.i64.f64	-
    llvm.fptoui.sat.i64.f80	-					?
    llvm.frexp.bf16.i32	__truncsfbf2 frexpf					!Cannot select: i32 = any_extend
    llvm.frexp.f128.i32	frexpf128				frexpl
    llvm.frexp.f16.i32	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	frexpf
    llvm.frexp.f32.i32	frexpf
    llvm.frexp.f64.i32	frexp
    llvm.frexp.f80.i32	frexpl					?
    llvm.frexp.v16f32.v16i32	frexpf
    llvm.frexp.v2f32.v2i32	frexpf
    llvm.frexp.v2f64.v2i32	frexp
    llvm.frexp.v4f16.v4i32	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	frexpf
    llvm.frexp.v4f32.v4i32	frexpf
    llvm.frexp.v4f64.v4i32	#		frexp		#	frexp
    llvm.frexp.v8f16.v8i32	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	frexpf
    llvm.frexp.v8f32.v8i32	frexpf
    llvm.frexp.v8f64.v8i32	#		frexp		#	frexp
    llvm.ldexp.bf16.i32	__truncsfbf2 ldexpf			__truncsfbf2	__truncsfbf2 ldexpf	!Cannot select: i32 = any_extend
    llvm.ldexp.f128.i32	ldexpf128				ldexpl
    llvm.ldexp.f16.i32	__extendhfsf2 __truncsfhf2 ldexpf		ldexpf	-	__extendhfsf2 __truncsfhf2 ldexpf	ldexpf
    llvm.ldexp.f32.i32	ldexpf			-	ldexpf
    llvm.ldexp.f64.i32	ldexp			-	ldexp
    llvm.ldexp.f80.i32	ldexpl					?
    llvm.ldexp.v16f32.v16i32	ldexpf			-	ldexpf
    llvm.ldexp.v2f32.v2i32	ldexpf			-	ldexpf
    llvm.ldexp.v2f64.v2i32	ldexp			-	ldexp
    llvm.ldexp.v4f16.v4i32	__extendhfsf2 __truncsfhf2 ldexpf		ldexpf	-	__extendhfsf2 __truncsfhf2 ldexpf	ldexpf
    llvm.ldexp.v4f32.v4i32	ldexpf			-	ldexpf
    llvm.ldexp.v4f64.v4i32	ldexp			-	ldexp
    llvm.ldexp.v8f16.v8i32	__extendhfsf2 __truncsfhf2 ldexpf		ldexpf	-	__extendhfsf2 __truncsfhf2 ldexpf	ldexpf
    llvm.ldexp.v8f32.v8i32	ldexpf			-	ldexpf
    llvm.ldexp.v8f64.v8i32	ldexp			-	ldexp
    llvm.llrint.i64.bf16	-
    llvm.llrint.i64.f128	llrintf128				llrintl
    llvm.llrint.i64.f16	__extendhfsf2 __truncsfhf2 rintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 rintf	-
    llvm.llrint.i64.f32	-
    llvm.llrint.i64.f64	-
    llvm.llrint.i64.f80	-					?
    llvm.llround.i64.bf16	llroundf					-
    llvm.llround.i64.f128	llroundf128				llroundl
    llvm.llround.i64.f16	__extendhfsf2 __truncsfhf2 roundf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundf	-
    llvm.llround.i64.f32	llroundf					-
    llvm.llround.i64.f64	llround					-
    llvm.llround.i64.f80	llroundl					?
    llvm.log.bf16	__truncsfbf2 logf					logf
    llvm.log.f128	logf128				logl
    llvm.log.f16	__extendhfsf2 __truncsfhf2 logf		logf		__extendhfsf2 __truncsfhf2 logf	logf
    llvm.log.f32	logf
    llvm.log.f64	log
    llvm.log.f80	logl					?
    llvm.log.v16f32	logf
    llvm.log.v2f32	logf
    llvm.log.v2f64	log
    llvm.log.v4f16	__extendhfsf2 __truncsfhf2 logf		logf		__extendhfsf2 __truncsfhf2 logf	logf
    llvm.log.v4f32	logf
    llvm.log.v4f64	log
    llvm.log.v8f16	__extendhfsf2 __truncsfhf2 logf		logf		__extendhfsf2 __truncsfhf2 logf	logf
    llvm.log.v8f32	logf
    llvm.log.v8f64	log
    llvm.log10.bf16	__truncsfbf2 log10f					log10f
    llvm.log10.f128	log10f128				log10l
    llvm.log10.f16	__extendhfsf2 __truncsfhf2 log10f		log10f		__extendhfsf2 __truncsfhf2 log10f	log10f
    llvm.log10.f32	log10f
    llvm.log10.f64	log10
    llvm.log10.f80	log10l					?
    llvm.log10.v16f32	log10f
    llvm.log10.v2f32	log10f
    llvm.log10.v2f64	log10
    llvm.log10.v4f16	__extendhfsf2 __truncsfhf2 log10f		log10f		__extendhfsf2 __truncsfhf2 log10f	log10f
    llvm.log10.v4f32	log10f
    llvm.log10.v4f64	log10
    llvm.log10.v8f16	__extendhfsf2 __truncsfhf2 log10f		log10f		__extendhfsf2 __truncsfhf2 log10f	log10f
    llvm.log10.v8f32	log10f
    llvm.log10.v8f64	log10
    llvm.log2.bf16	__truncsfbf2 log2f					log2f
    llvm.log2.f128	log2f128				log2l
    llvm.log2.f16	__extendhfsf2 __truncsfhf2 log2f		log2f		__extendhfsf2 __truncsfhf2 log2f	log2f
    llvm.log2.f32	log2f
    llvm.log2.f64	log2
    llvm.log2.f80	log2l					?
    llvm.log2.v16f32	log2f
    llvm.log2.v2f32	log2f
    llvm.log2.v2f64	log2
    llvm.log2.v4f16	__extendhfsf2 __truncsfhf2 log2f		log2f		__extendhfsf2 __truncsfhf2 log2f	log2f
    llvm.log2.v4f32	log2f
    llvm.log2.v4f64	log2
    llvm.log2.v8f16	__extendhfsf2 __truncsfhf2 log2f		log2f		__extendhfsf2 __truncsfhf2 log2f	log2f
    llvm.log2.v8f32	log2f
    llvm.log2.v8f64	log2
    llvm.lrint.i64.bf16	-
    llvm.lrint.i64.f128	lrintf128				lrintl
    llvm.lrint.i64.f16	__extendhfsf2 __truncsfhf2 rintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 rintf	-
    llvm.lrint.i64.f32	-
    llvm.lrint.i64.f64	-
    llvm.lrint.i64.f80	-					?
    llvm.lround.i64.bf16	lroundf					-
    llvm.lround.i64.f128	lroundf128				lroundl
    llvm.lround.i64.f16	__extendhfsf2 __truncsfhf2 roundf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundf	-
    llvm.lround.i64.f32	lroundf					-
    llvm.lround.i64.f64	lround					-
    llvm.lround.i64.f80	lroundl					?
    llvm.maximum.bf16	__truncsfbf2					-
    llvm.maximum.f128	!Cannot select: i8 = setcc Constant:i128<0>, seteq:ch					!Cannot select: i32 = setcc Constant:i128<0>, seteq:ch
    llvm.maximum.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.maximum.f32	-
    llvm.maximum.f64	-
    llvm.maximum.f80	!Cannot select: i32 = X86ISD::FCMP					?
    llvm.maximum.v16f32	-
    llvm.maximum.v2f32	-
    llvm.maximum.v2f64	-
    llvm.maximum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.maximum.v4f32	-
    llvm.maximum.v4f64	-
    llvm.maximum.v8f16	__extendhfsf2		-		__extendhfsf2	-
    llvm.maximum.v8f32	-
    llvm.maximum.v8f64	-
    llvm.maximumnum.bf16	__truncsfbf2					-
    llvm.maximumnum.f128	__eqtf2 __gttf2 __trunctfsf2 __unordtf2
    llvm.maximumnum.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.maximumnum.f32	-
    llvm.maximumnum.f64	-
    llvm.maximumnum.f80	-					?
    llvm.maximumnum.v16f32	-
    llvm.maximumnum.v2f32	-
    llvm.maximumnum.v2f64	-
    llvm.maximumnum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.maximumnum.v4f32	-
    llvm.maximumnum.v4f64	-
    llvm.maximumnum.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.maximumnum.v8f32	-
    llvm.maximumnum.v8f64	-
    llvm.maxnum.bf16	__truncsfbf2					-
    llvm.maxnum.f128	fmaxf128				fmaxl
    llvm.maxnum.f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    llvm.maxnum.f32	-
    llvm.maxnum.f64	-
    llvm.maxnum.f80	fmaxl					?
    llvm.maxnum.v16f32	-
    llvm.maxnum.v2f32	-
    llvm.maxnum.v2f64	-
    llvm.maxnum.v4f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    llvm.maxnum.v4f32	-
    llvm.maxnum.v4f64	-
    llvm.maxnum.v8f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    llvm.maxnum.v8f32	-
    llvm.maxnum.v8f64	-
    llvm.memcpy.p0.p0.i64 (2: i64 0) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 1) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 1024) (3: i1 false)	memcpy
    llvm.memcpy.p0.p0.i64 (2: i64 128) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 16) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 2) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 256) (3: i1 false)	memcpy		-		memcpy	-
    llvm.memcpy.p0.p0.i64 (2: i64 32) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 4) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 512) (3: i1 false)	memcpy
    llvm.memcpy.p0.p0.i64 (2: i64 64) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (2: i64 8) (3: i1 false)	-
    llvm.memcpy.p0.p0.i64 (3: i1 false)	memcpy
    llvm.memmove.p0.p0.i64 (2: i64 0) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 1) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 1024) (3: i1 false)	memmove
    llvm.memmove.p0.p0.i64 (2: i64 128) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 16) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 2) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 256) (3: i1 false)	memmove		-		memmove	-
    llvm.memmove.p0.p0.i64 (2: i64 32) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 4) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 512) (3: i1 false)	memmove
    llvm.memmove.p0.p0.i64 (2: i64 64) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (2: i64 8) (3: i1 false)	-
    llvm.memmove.p0.p0.i64 (3: i1 false)	memmove
    llvm.memset.p0.i64 (2: i64 0) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 1) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 1024) (3: i1 false)	memset
    llvm.memset.p0.i64 (2: i64 128) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 16) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 2) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 256) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 32) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 4) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 512) (3: i1 false)	memset		-		memset	-
    llvm.memset.p0.i64 (2: i64 64) (3: i1 false)	-
    llvm.memset.p0.i64 (2: i64 8) (3: i1 false)	-
    llvm.memset.p0.i64 (3: i1 false)	memset
    llvm.minimum.bf16	__truncsfbf2					-
    llvm.minimum.f128	!Cannot select: i8 = setcc Constant:i128<-170141183460469231731687303715884105728>, seteq:ch					!Cannot select: i32 = setcc Constant:i128<-170141183460469231731687303715884105728>, seteq:ch
    llvm.minimum.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.minimum.f32	-
    llvm.minimum.f64	-
    llvm.minimum.f80	!Cannot select: i32 = X86ISD::FCMP					?
    llvm.minimum.v16f32	-
    llvm.minimum.v2f32	-
    llvm.minimum.v2f64	-
    llvm.minimum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.minimum.v4f32	-
    llvm.minimum.v4f64	-
    llvm.minimum.v8f16	__extendhfsf2		-		__extendhfsf2	-
    llvm.minimum.v8f32	-
    llvm.minimum.v8f64	-
    llvm.minimumnum.bf16	__truncsfbf2					-
    llvm.minimumnum.f128	__eqtf2 __lttf2 __trunctfsf2 __unordtf2
    llvm.minimumnum.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.minimumnum.f32	-
    llvm.minimumnum.f64	-
    llvm.minimumnum.f80	-					?
    llvm.minimumnum.v16f32	-
    llvm.minimumnum.v2f32	-
    llvm.minimumnum.v2f64	-
    llvm.minimumnum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.minimumnum.v4f32	-
    llvm.minimumnum.v4f64	-
    llvm.minimumnum.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.minimumnum.v8f32	-
    llvm.minimumnum.v8f64	-
    llvm.minnum.bf16	__truncsfbf2					-
    llvm.minnum.f128	fminf128				fminl
    llvm.minnum.f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    llvm.minnum.f32	-
    llvm.minnum.f64	-
    llvm.minnum.f80	fminl					?
    llvm.minnum.v16f32	-
    llvm.minnum.v2f32	-
    llvm.minnum.v2f64	-
    llvm.minnum.v4f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    llvm.minnum.v4f32	-
    llvm.minnum.v4f64	-
    llvm.minnum.v8f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    llvm.minnum.v8f32	-
    llvm.minnum.v8f64	-
    llvm.modf.bf16	__truncsfbf2 modff					modff
    llvm.modf.f128	modff128				modfl
    llvm.modf.f16	!Cannot select: f16,f16 = fmodf					modff
    llvm.modf.f32	modff
    llvm.modf.f64	modf
    llvm.modf.f80	modfl					?
    llvm.modf.v16f32	modff
    llvm.modf.v2f32	modff
    llvm.modf.v2f64	modf
    llvm.modf.v4f16	!Cannot select: f16,f16 = fmodf					modff
    llvm.modf.v4f32	modff
    llvm.modf.v4f64	modf
    llvm.modf.v8f16	!Cannot select: f16,f16 = fmodf					modff
    llvm.modf.v8f32	modff
    llvm.modf.v8f64	modf
    llvm.nearbyint.bf16	__truncsfbf2 nearbyintf	__truncsfbf2			__truncsfbf2 nearbyintf	-
    llvm.nearbyint.f128	nearbyintf128				nearbyintl
    llvm.nearbyint.f16	__extendhfsf2 __truncsfhf2 nearbyintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 nearbyintf	-
    llvm.nearbyint.f32	nearbyintf	-			nearbyintf	-
    llvm.nearbyint.f64	nearbyint	-			nearbyint	-
    llvm.nearbyint.f80	nearbyintl					?
    llvm.nearbyint.v16f32	nearbyintf	-			nearbyintf	-
    llvm.nearbyint.v2f32	nearbyintf	-			nearbyintf	-
    llvm.nearbyint.v2f64	nearbyint	-			nearbyint	-
    llvm.nearbyint.v4f16	__extendhfsf2 __truncsfhf2 nearbyintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 nearbyintf	-
    llvm.nearbyint.v4f32	nearbyintf	-			nearbyintf	-
    llvm.nearbyint.v4f64	nearbyint	-			nearbyint	-
    llvm.nearbyint.v8f16	__extendhfsf2 __truncsfhf2 nearbyintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 nearbyintf	-
    llvm.nearbyint.v8f32	nearbyintf	-			nearbyintf	-
    llvm.nearbyint.v8f64	nearbyint	-			nearbyint	-
    llvm.pow.bf16	__truncsfbf2 powf					powf
    llvm.pow.f128	powf128				powl
    llvm.pow.f16	__extendhfsf2 __truncsfhf2 powf		powf		__extendhfsf2 __truncsfhf2 powf	powf
    llvm.pow.f32	powf
    llvm.pow.f64	pow
    llvm.pow.f80	powl					?
    llvm.pow.v16f32	powf
    llvm.pow.v2f32	powf
    llvm.pow.v2f64	pow
    llvm.pow.v4f16	__extendhfsf2 __truncsfhf2 powf		powf		__extendhfsf2 __truncsfhf2 powf	powf
    llvm.pow.v4f32	powf
    llvm.pow.v4f64	pow
    llvm.pow.v8f16	__extendhfsf2 __truncsfhf2 powf		powf		__extendhfsf2 __truncsfhf2 powf	powf
    llvm.pow.v8f32	powf
    llvm.pow.v8f64	pow
    llvm.powi.bf16.i32	__powisf2 __truncsfbf2					__powisf2
    llvm.powi.bf16.i32 (1: i32 -1)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 -2)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 0)	-
    llvm.powi.bf16.i32 (1: i32 1)	-
    llvm.powi.bf16.i32 (1: i32 2)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 3)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 4)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 5)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 6)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 7)	__truncsfbf2					-
    llvm.powi.bf16.i32 (1: i32 8)	__truncsfbf2					-
    llvm.powi.f128.i32	__powitf2
    llvm.powi.f128.i32 (1: i32 -1)	__divtf3
    llvm.powi.f128.i32 (1: i32 -2)	__divtf3 __multf3
    llvm.powi.f128.i32 (1: i32 0)	-
    llvm.powi.f128.i32 (1: i32 1)	-
    llvm.powi.f128.i32 (1: i32 2)	__multf3
    llvm.powi.f128.i32 (1: i32 3)	__multf3
    llvm.powi.f128.i32 (1: i32 4)	__multf3
    llvm.powi.f128.i32 (1: i32 5)	__multf3
    llvm.powi.f128.i32 (1: i32 6)	__multf3
    llvm.powi.f128.i32 (1: i32 7)	__multf3
    llvm.powi.f128.i32 (1: i32 8)	__multf3
    llvm.powi.f16.i32	__extendhfsf2 __powisf2 __truncsfhf2		__powisf2		__extendhfsf2 __powisf2 __truncsfhf2	__powisf2
    llvm.powi.f16.i32 (1: i32 -1)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 -2)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 0)	-
    llvm.powi.f16.i32 (1: i32 1)	-
    llvm.powi.f16.i32 (1: i32 2)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 3)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 4)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 5)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 6)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 7)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f16.i32 (1: i32 8)	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.powi.f32.i32	__powisf2
    llvm.powi.f32.i32 (1: i32 -1)	-
    llvm.powi.f32.i32 (1: i32 -2)	-
    llvm.powi.f32.i32 (1: i32 0)	-
    llvm.powi.f32.i32 (1: i32 1)	-
    llvm.powi.f32.i32 (1: i32 2)	-
    llvm.powi.f32.i32 (1: i32 3)	-
    llvm.powi.f32.i32 (1: i32 4)	-
    llvm.powi.f32.i32 (1: i32 5)	-
    llvm.powi.f32.i32 (1: i32 6)	-
    llvm.powi.f32.i32 (1: i32 7)	-
    llvm.powi.f32.i32 (1: i32 8)	-
    llvm.powi.f64.i32	__powidf2
    llvm.powi.f64.i32 (1: i32 -1)	-
    llvm.powi.f64.i32 (1: i32 -2)	-
    llvm.powi.f64.i32 (1: i32 0)	-
    llvm.powi.f64.i32 (1: i32 1)	-
    llvm.powi.f64.i32 (1: i32 2)	-
    llvm.powi.f64.i32 (1: i32 3)	-
    llvm.powi.f64.i32 (1: i32 4)	-
    llvm.powi.f64.i32 (1: i32 5)	-
    llvm.powi.f64.i32 (1: i32 6)	-
    llvm.powi.f64.i32 (1: i32 7)	-
    llvm.powi.f64.i32 (1: i32 8)	-
    llvm.powi.f80.i32	__powixf2					?
    llvm.powi.f80.i32 (1: i32 -1)	-					?
    llvm.powi.f80.i32 (1: i32 -2)	-					?
    llvm.powi.f80.i32 (1: i32 0)	-					?
    llvm.powi.f80.i32 (1: i32 1)	-					?
    llvm.powi.f80.i32 (1: i32 2)	-					?
    llvm.powi.f80.i32 (1: i32 3)	-					?
    llvm.powi.f80.i32 (1: i32 4)	-					?
    llvm.powi.f80.i32 (1: i32 5)	-					?
    llvm.powi.f80.i32 (1: i32 6)	-					?
    llvm.powi.f80.i32 (1: i32 7)	-					?
    llvm.powi.f80.i32 (1: i32 8)	-					?
    llvm.powi.v16f32.i32	__powisf2
    llvm.powi.v2f32.i32	__powisf2
    llvm.powi.v2f64.i32	__powidf2
    llvm.powi.v4f16.i32	__extendhfsf2 __powisf2 __truncsfhf2		__powisf2		__extendhfsf2 __powisf2 __truncsfhf2	__powisf2
    llvm.powi.v4f32.i32	__powisf2
    llvm.powi.v4f64.i32	__powidf2
    llvm.powi.v8f16.i32	__extendhfsf2 __powisf2 __truncsfhf2		__powisf2		__extendhfsf2 __powisf2 __truncsfhf2	__powisf2
    llvm.powi.v8f32.i32	__powisf2
    llvm.powi.v8f64.i32	__powidf2
    llvm.rint.bf16	__truncsfbf2 rintf	__truncsfbf2			__truncsfbf2 rintf	-
    llvm.rint.f128	rintf128				rintl
    llvm.rint.f16	__extendhfsf2 __truncsfhf2 rintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 rintf	-
    llvm.rint.f32	rintf	-			rintf	-
    llvm.rint.f64	rint	-			rint	-
    llvm.rint.f80	rintl					?
    llvm.rint.v16f32	rintf	-			rintf	-
    llvm.rint.v2f32	rintf	-			rintf	-
    llvm.rint.v2f64	rint	-			rint	-
    llvm.rint.v4f16	__extendhfsf2 __truncsfhf2 rintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 rintf	-
    llvm.rint.v4f32	rintf	-			rintf	-
    llvm.rint.v4f64	rint	-			rint	-
    llvm.rint.v8f16	__extendhfsf2 __truncsfhf2 rintf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 rintf	-
    llvm.rint.v8f32	rintf	-			rintf	-
    llvm.rint.v8f64	rint	-			rint	-
    llvm.round.bf16	__truncsfbf2 roundf	__truncsfbf2			__truncsfbf2 roundf	-
    llvm.round.f128	roundf128				roundl
    llvm.round.f16	__extendhfsf2 __truncsfhf2 roundf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundf	-
    llvm.round.f32	roundf	-			roundf	-
    llvm.round.f64	round	-			round	-
    llvm.round.f80	roundl					?
    llvm.round.v16f32	roundf	-			roundf	-
    llvm.round.v2f32	roundf	-			roundf	-
    llvm.round.v2f64	round	-			round	-
    llvm.round.v4f16	__extendhfsf2 __truncsfhf2 roundf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundf	-
    llvm.round.v4f32	roundf	-			roundf	-
    llvm.round.v4f64	round	-			round	-
    llvm.round.v8f16	__extendhfsf2 __truncsfhf2 roundf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundf	-
    llvm.round.v8f32	roundf	-			roundf	-
    llvm.round.v8f64	round	-			round	-
    llvm.roundeven.bf16	__truncsfbf2 roundevenf	__truncsfbf2			__truncsfbf2 roundevenf	-
    llvm.roundeven.f128	roundevenf128				roundevenl
    llvm.roundeven.f16	__extendhfsf2 __truncsfhf2 roundevenf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundevenf	-
    llvm.roundeven.f32	roundevenf	-			roundevenf	-
    llvm.roundeven.f64	roundeven	-			roundeven	-
    llvm.roundeven.f80	roundevenl					?
    llvm.roundeven.v16f32	roundevenf	-			roundevenf	-
    llvm.roundeven.v2f32	roundevenf	-			roundevenf	-
    llvm.roundeven.v2f64	roundeven	-			roundeven	-
    llvm.roundeven.v4f16	__extendhfsf2 __truncsfhf2 roundevenf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundevenf	-
    llvm.roundeven.v4f32	roundevenf	-			roundevenf	-
    llvm.roundeven.v4f64	roundeven	-			roundeven	-
    llvm.roundeven.v8f16	__extendhfsf2 __truncsfhf2 roundevenf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 roundevenf	-
    llvm.roundeven.v8f32	roundevenf	-			roundevenf	-
    llvm.roundeven.v8f64	roundeven	-			roundeven	-
    llvm.sin.bf16	__truncsfbf2 sinf					sinf
    llvm.sin.f128	sinf128				sinl
    llvm.sin.f16	__extendhfsf2 __truncsfhf2 sinf		sinf		__extendhfsf2 __truncsfhf2 sinf	sinf
    llvm.sin.f32	sinf
    llvm.sin.f64	sin
    llvm.sin.f80	sinl					?
    llvm.sin.v16f32	sinf
    llvm.sin.v2f32	sinf
    llvm.sin.v2f64	sin
    llvm.sin.v4f16	__extendhfsf2 __truncsfhf2 sinf		sinf		__extendhfsf2 __truncsfhf2 sinf	sinf
    llvm.sin.v4f32	sinf
    llvm.sin.v4f64	sin
    llvm.sin.v8f16	__extendhfsf2 __truncsfhf2 sinf		sinf		__extendhfsf2 __truncsfhf2 sinf	sinf
    llvm.sin.v8f32	sinf
    llvm.sin.v8f64	sin
    llvm.sincos.bf16	__truncsfbf2 sincosf				__truncsfbf2 cosf sinf	sincosf
    llvm.sincos.f128	sincosf128				!no libcall available for fsincos	sincosl
    llvm.sincos.f16	__extendhfsf2 __truncsfhf2 sincosf		sincosf		__extendhfsf2 __truncsfhf2 cosf sinf	sincosf
    llvm.sincos.f32	sincosf				cosf sinf	sincosf
    llvm.sincos.f64	sincos				cos sin	sincos
    llvm.sincos.f80	sincosl				cosl sinl	?
    llvm.sincos.v16f32	sincosf				cosf sinf	sincosf
    llvm.sincos.v2f32	sincosf				cosf sinf	sincosf
    llvm.sincos.v2f64	sincos				cos sin	sincos
    llvm.sincos.v4f16	__extendhfsf2 __truncsfhf2 sincosf		sincosf		__extendhfsf2 __truncsfhf2 cosf sinf	sincosf
    llvm.sincos.v4f32	sincosf				cosf sinf	sincosf
    llvm.sincos.v4f64	sincos				cos sin	sincos
    llvm.sincos.v8f16	__extendhfsf2 __truncsfhf2 sincosf		sincosf		__extendhfsf2 __truncsfhf2 cosf sinf	sincosf
    llvm.sincos.v8f32	sincosf				cosf sinf	sincosf
    llvm.sincos.v8f64	sincos				cos sin	sincos
    llvm.sincospi.bf16	!no libcall available for fsincospi
    llvm.sincospi.f128	!no libcall available for fsincospi
    llvm.sincospi.f16	!no libcall available for fsincospi
    llvm.sincospi.f32	!no libcall available for fsincospi
    llvm.sincospi.f64	!no libcall available for fsincospi
    llvm.sincospi.f80	!no libcall available for fsincospi					?
    llvm.sinh.bf16	__truncsfbf2 sinhf					sinhf
    llvm.sinh.f128	sinhf128				sinhl
    llvm.sinh.f16	__extendhfsf2 __truncsfhf2 sinhf		sinhf		__extendhfsf2 __truncsfhf2 sinhf	sinhf
    llvm.sinh.f32	sinhf
    llvm.sinh.f64	sinh
    llvm.sinh.f80	sinhl					?
    llvm.sinh.v16f32	sinhf
    llvm.sinh.v2f32	sinhf
    llvm.sinh.v2f64	sinh
    llvm.sinh.v4f16	__extendhfsf2 __truncsfhf2 sinhf		sinhf		__extendhfsf2 __truncsfhf2 sinhf	sinhf
    llvm.sinh.v4f32	sinhf
    llvm.sinh.v4f64	sinh
    llvm.sinh.v8f16	__extendhfsf2 __truncsfhf2 sinhf		sinhf		__extendhfsf2 __truncsfhf2 sinhf	sinhf
    llvm.sinh.v8f32	sinhf
    llvm.sinh.v8f64	sinh
    llvm.smul.with.overflow.i128	-
    llvm.sqrt.bf16	__truncsfbf2					-
    llvm.sqrt.f128	sqrtf128				sqrtl
    llvm.sqrt.f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.sqrt.f32	-
    llvm.sqrt.f64	-
    llvm.sqrt.f80	-					?
    llvm.sqrt.v16f32	-
    llvm.sqrt.v2f32	-
    llvm.sqrt.v2f64	-
    llvm.sqrt.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.sqrt.v4f32	-
    llvm.sqrt.v4f64	-
    llvm.sqrt.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.sqrt.v8f32	-
    llvm.sqrt.v8f64	-
    llvm.tan.bf16	__truncsfbf2 tanf					tanf
    llvm.tan.f128	tanf128				tanl
    llvm.tan.f16	__extendhfsf2 __truncsfhf2 tanf		tanf		__extendhfsf2 __truncsfhf2 tanf	tanf
    llvm.tan.f32	tanf
    llvm.tan.f64	tan
    llvm.tan.f80	tanl					?
    llvm.tan.v16f32	tanf
    llvm.tan.v2f32	tanf
    llvm.tan.v2f64	tan
    llvm.tan.v4f16	__extendhfsf2 __truncsfhf2 tanf		tanf		__extendhfsf2 __truncsfhf2 tanf	tanf
    llvm.tan.v4f32	tanf
    llvm.tan.v4f64	tan
    llvm.tan.v8f16	__extendhfsf2 __truncsfhf2 tanf		tanf		__extendhfsf2 __truncsfhf2 tanf	tanf
    llvm.tan.v8f32	tanf
    llvm.tan.v8f64	tan
    llvm.tanh.bf16	__truncsfbf2 tanhf					tanhf
    llvm.tanh.f128	tanhf128				tanhl
    llvm.tanh.f16	__extendhfsf2 __truncsfhf2 tanhf		tanhf		__extendhfsf2 __truncsfhf2 tanhf	tanhf
    llvm.tanh.f32	tanhf
    llvm.tanh.f64	tanh
    llvm.tanh.f80	tanhl					?
    llvm.tanh.v16f32	tanhf
    llvm.tanh.v2f32	tanhf
    llvm.tanh.v2f64	tanh
    llvm.tanh.v4f16	__extendhfsf2 __truncsfhf2 tanhf		tanhf		__extendhfsf2 __truncsfhf2 tanhf	tanhf
    llvm.tanh.v4f32	tanhf
    llvm.tanh.v4f64	tanh
    llvm.tanh.v8f16	__extendhfsf2 __truncsfhf2 tanhf		tanhf		__extendhfsf2 __truncsfhf2 tanhf	tanhf
    llvm.tanh.v8f32	tanhf
    llvm.tanh.v8f64	tanh
    llvm.trunc.bf16	__truncsfbf2 truncf	__truncsfbf2			__truncsfbf2 truncf	-
    llvm.trunc.f128	truncf128				truncl
    llvm.trunc.f16	__extendhfsf2 __truncsfhf2 truncf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 truncf	-
    llvm.trunc.f32	truncf	-			truncf	-
    llvm.trunc.f64	trunc	-			trunc	-
    llvm.trunc.f80	truncl					?
    llvm.trunc.v16f32	truncf	-			truncf	-
    llvm.trunc.v2f32	truncf	-			truncf	-
    llvm.trunc.v2f64	trunc	-			trunc	-
    llvm.trunc.v4f16	__extendhfsf2 __truncsfhf2 truncf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 truncf	-
    llvm.trunc.v4f32	truncf	-			truncf	-
    llvm.trunc.v4f64	trunc	-			trunc	-
    llvm.trunc.v8f16	__extendhfsf2 __truncsfhf2 truncf	__extendhfsf2 __truncsfhf2	-		__extendhfsf2 __truncsfhf2 truncf	-
    llvm.trunc.v8f32	truncf	-			truncf	-
    llvm.trunc.v8f64	trunc	-			trunc	-
    llvm.umul.with.overflow.i128	-
    llvm.vector.reduce.fadd.v16f32	-
    llvm.vector.reduce.fadd.v2f32	-
    llvm.vector.reduce.fadd.v2f64	-
    llvm.vector.reduce.fadd.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fadd.v4f32	-
    llvm.vector.reduce.fadd.v4f64	-
    llvm.vector.reduce.fadd.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fadd.v8f32	-
    llvm.vector.reduce.fadd.v8f64	-
    llvm.vector.reduce.fmax.v16f32	-
    llvm.vector.reduce.fmax.v2f32	-
    llvm.vector.reduce.fmax.v2f64	-
    llvm.vector.reduce.fmax.v4f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    llvm.vector.reduce.fmax.v4f32	-
    llvm.vector.reduce.fmax.v4f64	-
    llvm.vector.reduce.fmax.v8f16	__extendhfsf2 __truncsfhf2 fmaxf		fmaxf		__extendhfsf2 __truncsfhf2 fmaxf	-
    llvm.vector.reduce.fmax.v8f32	-
    llvm.vector.reduce.fmax.v8f64	-
    llvm.vector.reduce.fmaximum.v16f32	-
    llvm.vector.reduce.fmaximum.v2f32	-
    llvm.vector.reduce.fmaximum.v2f64	-
    llvm.vector.reduce.fmaximum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fmaximum.v4f32	-
    llvm.vector.reduce.fmaximum.v4f64	-
    llvm.vector.reduce.fmaximum.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fmaximum.v8f32	-
    llvm.vector.reduce.fmaximum.v8f64	-
    llvm.vector.reduce.fmin.v16f32	-
    llvm.vector.reduce.fmin.v2f32	-
    llvm.vector.reduce.fmin.v2f64	-
    llvm.vector.reduce.fmin.v4f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    llvm.vector.reduce.fmin.v4f32	-
    llvm.vector.reduce.fmin.v4f64	-
    llvm.vector.reduce.fmin.v8f16	__extendhfsf2 __truncsfhf2 fminf		fminf		__extendhfsf2 __truncsfhf2 fminf	-
    llvm.vector.reduce.fmin.v8f32	-
    llvm.vector.reduce.fmin.v8f64	-
    llvm.vector.reduce.fminimum.v16f32	-
    llvm.vector.reduce.fminimum.v2f32	-
    llvm.vector.reduce.fminimum.v2f64	-
    llvm.vector.reduce.fminimum.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fminimum.v4f32	-
    llvm.vector.reduce.fminimum.v4f64	-
    llvm.vector.reduce.fminimum.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fminimum.v8f32	-
    llvm.vector.reduce.fminimum.v8f64	-
    llvm.vector.reduce.fmul.v16f32	-
    llvm.vector.reduce.fmul.v2f32	-
    llvm.vector.reduce.fmul.v2f64	-
    llvm.vector.reduce.fmul.v4f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fmul.v4f32	-
    llvm.vector.reduce.fmul.v4f64	-
    llvm.vector.reduce.fmul.v8f16	__extendhfsf2 __truncsfhf2		-		__extendhfsf2 __truncsfhf2	-
    llvm.vector.reduce.fmul.v8f32	-
    llvm.vector.reduce.fmul.v8f64	-
    mul i128	-
    sdiv i128	__divti3
    sitofp i1 to bfloat	__truncsfbf2					-
    sitofp i1 to fp128	__floatsitf
    sitofp i1 to half	__truncsfhf2		-		__truncsfhf2	-
    sitofp i1 to x86_fp80	-					?
    sitofp i128 to bfloat	__floattisf __truncsfbf2					!unsupported library call operation
    sitofp i128 to double	__floattidf
    sitofp i128 to float	__floattisf
    sitofp i128 to fp128	__floattitf
    sitofp i128 to half	__floattihf					__floattisf
    sitofp i128 to x86_fp80	__floattixf					?
    sitofp i16 to bfloat	__truncsfbf2					-
    sitofp i16 to fp128	__floatsitf
    sitofp i16 to half	__truncsfhf2		-		__truncsfhf2	-
    sitofp i16 to x86_fp80	-					?
    sitofp i32 to bfloat	__truncsfbf2					-
    sitofp i32 to fp128	__floatsitf
    sitofp i32 to half	__truncsfhf2		-		__truncsfhf2	-
    sitofp i32 to x86_fp80	-					?
    sitofp i64 to bfloat	__truncsfbf2					-
    sitofp i64 to fp128	__floatditf
    sitofp i64 to half	__truncsfhf2		-		__truncsfhf2	-
    sitofp i64 to x86_fp80	-					?
    sitofp i8 to bfloat	__truncsfbf2					-
    sitofp i8 to fp128	__floatsitf
    sitofp i8 to half	__truncsfhf2		-		__truncsfhf2	-
    sitofp i8 to x86_fp80	-					?
    srem i128	__modti3
    udiv i128	__udivti3
    uitofp i1 to bfloat	__truncsfbf2					-
    uitofp i1 to fp128	__floatsitf					__floatunsitf
    uitofp i1 to half	__truncsfhf2		-		__truncsfhf2	-
    uitofp i1 to x86_fp80	-					?
    uitofp i128 to bfloat	__floatuntisf __truncsfbf2					!unsupported library call operation
    uitofp i128 to double	__floatuntidf
    uitofp i128 to float	__floatuntisf
    uitofp i128 to fp128	__floatuntitf
    uitofp i128 to half	__floatuntihf					__floatuntisf
    uitofp i128 to x86_fp80	__floatuntixf					?
    uitofp i16 to bfloat	__truncsfbf2					-
    uitofp i16 to fp128	__floatsitf					__floatunsitf
    uitofp i16 to half	__truncsfhf2		-		__truncsfhf2	-
    uitofp i16 to x86_fp80	-					?
    uitofp i32 to bfloat	__truncsfbf2					-
    uitofp i32 to fp128	__floatunsitf
    uitofp i32 to half	__truncsfhf2		-		__truncsfhf2	-
    uitofp i32 to x86_fp80	-					?
    uitofp i64 to bfloat	__truncsfbf2					-
    uitofp i64 to fp128	__floatunditf
    uitofp i64 to half	__truncsfhf2		-		__truncsfhf2	-
    uitofp i64 to x86_fp80	-					?
    uitofp i8 to bfloat	__truncsfbf2					-
    uitofp i8 to fp128	__floatsitf					__floatunsitf
    uitofp i8 to half	__truncsfhf2		-		__truncsfhf2	-
    uitofp i8 to x86_fp80	-					?
    urem i128	__umodti3
    """#
}
